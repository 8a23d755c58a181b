import type { ParameterChange } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { rationaleOf } from "../model/setting-text.ts";

/** Changes told one by one; the rest is counted. */
const TOLD = 25;

/** What the configuration changes, in words: first those with a reason, the others counted. */
export function changeTexts(parameters: readonly ParameterChange[]): {
  heading: string;
  entries: string[];
  rest: string[];
} {
  const reasoned = parameters.filter((one) => rationaleOf(one).length > 0);
  const overdue = reasoned.filter((one) => one.overdue).length;
  const due = overdue > 0 ? `, ${overdue} overdue for review` : "";
  const more = reasoned.length - TOLD;
  const bare = parameters.length - reasoned.length;
  return {
    heading: `CHANGED  ${number(reasoned.length, "setting")} with a reason${due}`,
    entries: reasoned.slice(0, TOLD).map(changeText),
    rest: [
      ...(more > 0 ? [`and ${more} more: see the JSON report`] : []),
      ...(bare > 0 ? [`and ${bare} without a reason: see \`tokenward config --show\``] : []),
    ],
  };
}

/** `too-old.max_age 30d for github/classic-pat (else 90d) at tokenward.yaml:4:9: analysis 7; review by 2029-06-01 (overdue)`. */
export function changeText(change: ParameterChange): string {
  const { policy, kind, name, value, instead_of, source, overdue } = change;
  const subject = name === "applies" ? `${policy} ${saysText(change)}` : `${policy}.${saysText(change)} for`;
  const otherwise =
    instead_of === undefined || listed(instead_of) === listed(value) ? "" : ` (else ${listed(instead_of)})`;
  return `${subject} ${kind ?? "any kind"}${otherwise} at ${source}: ${rationaleOf(change).join("; ")}${overdue ? " (overdue)" : ""}`;
}

/** What a change says: `max_age 30d`, `does not judge`. */
export function saysText({ name, value }: Pick<ParameterChange, "name" | "value">): string {
  if (name === "applies") return value ? "judges" : "does not judge";
  return `${name} ${listed(value)}`;
}

/** A value as a configuration would write it. */
export function listed(value: ParameterChange["value"]): string {
  return Array.isArray(value) ? value.join(", ") || "none" : String(value);
}
