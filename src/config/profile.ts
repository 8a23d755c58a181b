import type { Setting } from "../model/bundle.ts";
import type { Param, Thresholds } from "../model/documents.gen.ts";
import { parseDuration, writeDuration } from "../model/duration.ts";

/** Which parameter of which policy a profile is asked about. */
export interface Subject {
  policy: string;
  name: string;
  param: Param;
}

/** A built-in number as the profile has it: scaled first, then raised, then lowered. */
export function underProfile(
  setting: Setting,
  { policy, name, param }: Subject,
  { profile, profiles }: { profile: keyof Thresholds["profiles"]; profiles: Thresholds["profiles"] },
): Setting {
  const { value: before, source } = setting;
  if (param.type !== "duration" || param.fixed || typeof before !== "number") return setting;
  const { scale, at_least, at_least_from, at_most } = profiles[profile];
  let value = before;
  if (scale !== undefined && param.stricter === "lower") value = Math.floor(value * scale);
  const least = seconds(at_least?.[policy]?.[name]);
  const isShortByNature = before < (seconds(at_least_from) ?? 0);
  if (least !== undefined && !isShortByNature) value = Math.max(value, least);
  const most = seconds(at_most?.[policy]?.[name]);
  if (most !== undefined) value = Math.min(value, most);
  if (value === before) return setting;
  return { value, source: `profile ${profile}, from ${writeDuration(before)} (${source})` };
}

/** Profiles are part of the build, which checks them: a bad one is a bug. */
function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const length = parseDuration(text);
  if (length === undefined) throw new RangeError(`a profile has the duration ${text}`);
  return length;
}
