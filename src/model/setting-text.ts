import type { Setting } from "./bundle.ts";
import { writeDuration } from "./duration.ts";

/** A parameter's value as the configuration would write it: `90d`, `3`, `read, write`. */
export function settingText(type: string | undefined, { value }: Pick<Setting, "value">): string {
  if (Array.isArray(value)) return value.join(", ") || "(none)";
  return type === "duration" ? writeDuration(Number(value)) : String(value);
}

/** Who said a number, or that a kind is exempt, and why. */
export function sourceText(setting: Omit<Setting, "value">): string {
  return [setting.source, ...rationaleOf(setting)].join("; ");
}

/** Why a number differs, who agreed, and until when: only what the configuration says. */
export function rationaleOf({ reason, approved_by, review_by }: Omit<Setting, "value" | "source">): string[] {
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(approved_by === undefined ? [] : [`approved by ${approved_by}`]),
    ...(review_by === undefined ? [] : [`review by ${review_by}`]),
  ];
}
