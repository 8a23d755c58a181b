import { readInstant } from "../../model/field-words.ts";
import { FAILED, NOT_EXPOSED, type Told } from "../../model/told.ts";

/** A record of a reply: nothing in it is known to be what GitLab documents. */
export type Wire = Readonly<Record<string, unknown>>;

/** A numeric id, which is all that GitLab gives; undefined: the record has no identity. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === "string" && /^[1-9]\d{0,19}$/.test(value) ? value : undefined;
}

export function textOf(value: unknown, longest = 4_096): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, longest) : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** When something was issued: there always is such a time, if the release tells it. */
export function creationOf(value: unknown): Told<string> {
  if (value === undefined) return NOT_EXPOSED;
  const reading = readInstant("created", value);
  return "value" in reading && typeof reading.value === "string" ? { value: reading.value } : FAILED;
}

/** A time that may not be: null says never, and a release that does not know the field leaves it out. */
export function instantOf(field: "expires" | "last_used", value: unknown): Told<string | null> {
  if (value === undefined) return NOT_EXPOSED;
  if (value === null) return { value: null };
  const reading = readInstant(field, value);
  if (!("value" in reading)) return FAILED;
  return typeof reading.value === "string" || reading.value === null ? { value: reading.value } : FAILED;
}

/** A day stands for its first moment in UTC: the last day that a token works is the one before. */
export function expiryOf(value: unknown): Told<string | null> {
  const isDay = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return instantOf("expires", isDay ? `${value}T00:00:00Z` : value);
}
