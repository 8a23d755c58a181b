import type { ParamValue } from "../model/bundle.ts";
import type { Param } from "../model/documents.gen.ts";
import { parseDuration } from "../model/duration.ts";
import { shown } from "../model/shown.ts";
import { found } from "./wording.ts";

const WRITTEN_OUT = /^(\d{1,9})\s*(w|weeks?|d|days?|h|hours?|hrs?|m|minutes?|mins?|s|seconds?|secs?)$/i;
const NO_FIXED_LENGTH = /^(\d+\s*(mo|mons?|months?|y|yrs?|years?)|P[^T]*\d[YM].*)$/i;

/** A parameter's value as policies read it; undefined: it is none. */
export function paramValue({ type }: Param, stated: unknown): ParamValue | undefined {
  if (type === "duration") return typeof stated === "string" ? parseDuration(stated) : undefined;
  if (type === "integer") return Number.isSafeInteger(stated) ? (stated as number) : undefined;
  return Array.isArray(stated) && stated.every((word) => typeof word === "string") ? stated : undefined;
}

/** What is wrong with a value stated for a parameter, and what to write instead; undefined: nothing. */
export function valueFault(param: Param, stated: unknown): string | undefined {
  if (paramValue(param, stated) !== undefined) return undefined;
  if (param.type === "integer") return `expected a whole number, found ${found(stated)}`;
  if (param.type === "list") return `expected a list of words, such as [first, second], found ${found(stated)}`;
  return typeof stated === "string" ? durationFault(stated) : `${lengthWithoutUnit(stated)}`;
}

/** What is wrong with a text as a duration; undefined: nothing. */
export function durationFault(text: string): string | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  const quoted = shown(text);
  if (/^P?T?-/i.test(text)) return `${quoted} is negative; a duration is 0s or longer`;
  if (/^\d{1,9}$/.test(text)) return lengthWithoutUnit(text);
  if (/\d[.,]\d/.test(text)) return `${quoted} is not whole; write a smaller unit, such as 36h for a day and a half`;
  if (NO_FIXED_LENGTH.test(text))
    return `${quoted} has no fixed length, as months and years differ; count days, such as 90d`;
  const [, count, unit] = WRITTEN_OUT.exec(text) ?? [];
  if (count && unit) return `${quoted} is no duration; did you mean "${count}${unit.charAt(0).toLowerCase()}"?`;
  return `${quoted} is no duration; write 90d, 8h, 30m, 2w or P90D`;
}

function lengthWithoutUnit(stated: unknown): string {
  if (typeof stated === "number" && stated < 0) return `${stated} is negative; a duration is 0s or longer`;
  const isCount = typeof stated === "number" ? Number.isSafeInteger(stated) : typeof stated === "string";
  if (!isCount) return `expected a duration such as 90d, found ${found(stated)}`;
  return `${stated} has no unit; write ${stated}d for days or ${stated}h for hours`;
}
