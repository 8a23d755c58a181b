import type { judgedFields, optionalFields } from "./bundle.ts";
import { isNever, parseInstant } from "./instant.ts";
import { shown } from "./shown.ts";
import type { Reason } from "./told.ts";

export type ReadField = (typeof judgedFields)[number] | (typeof optionalFields)[number];

/** What the words of a source say of a field: nothing, that it is unknown, that there is none, a value, or something wrong. */
export type Reading =
  | { untold: true }
  | { unknown: Reason }
  | { value: unknown }
  | { wrong: { says: string; remedy: string } };

const REASONS: ReadonlyMap<string, Reason> = new Map([
  ["unknown", "not-asked"],
  ["not-asked", "not-asked"],
  ["not-exposed", "not-exposed"],
  ["denied", "denied"],
  ["failed", "failed"],
]);
const NONE = new Set(["none", "null"]);
/** Fields that always have a value if they have any: for them "none" would be a wrong answer. */
const ALWAYS = new Set<string>(["status", "created", "usage"]);
const INSTANTS = new Set<string>(["created", "rotated", "expires", "last_used", "reviewed"]);
const LISTS = new Set<string>(["grants", "consumers"]);

/** Reads a field as people and exports write it. */
export function readField(field: ReadField, value: unknown): Reading {
  const word = typeof value === "string" ? readWord(field, value) : undefined;
  if (word) return word;
  if (value === null && LISTS.has(field))
    return refuse(value, "write [] for none; leave the field out if nobody knows");
  if (value === null) return none(field, value);
  return INSTANTS.has(field) ? readInstant(field, value) : { value };
}

/** Whether a text stands for "none" or "unknown" in a field, and is no value of its own. */
export function isFieldWord(field: ReadField, text: string): boolean {
  return readWord(field, text) !== undefined;
}

function readWord(field: ReadField, text: string): Reading | undefined {
  const word = text.trim().toLowerCase();
  if (word === "") return { untold: true };
  const reason = REASONS.get(word);
  if (reason) return { unknown: reason };
  return NONE.has(word) || (word === "never" && INSTANTS.has(field)) ? none(field, text) : undefined;
}

/** Whether an instant is as we write it ourselves and means nothing but itself, or is not there. */
export function isPlainInstant(instant: string | null | undefined): boolean {
  return !instant || ORDINARY.test(instant);
}

/** Reads a date and time as UTC; for the fields that may be empty also the numbers and dates that mean "never". */
export function readInstant(field: string, value: unknown): Reading {
  if (typeof value === "string" && ORDINARY.test(value)) return { value };
  if (field !== "created" && meansNever(field, value)) return { value: null };
  if (typeof value !== "string") return refuse(value, "write it as text, such as 2030-01-01T00:00:00Z");
  const parsed = parseInstant(value.trim());
  if ("instant" in parsed) return { value: parsed.instant };
  if (parsed.fault === "no-zone")
    return refuse(value, "write it with its time zone, such as 2030-01-01T00:00:00Z", ", which has no time zone");
  if (parsed.fault === "out-of-range")
    return refuse(value, "leave it out if the date is not known", ", which is before 1970 or after 9999");
  return refuse(value, "write it in the form of RFC 3339, such as 2030-01-01T00:00:00Z", ", which is no date and time");
}

function none(field: ReadField, value: unknown): Reading {
  if (LISTS.has(field)) return { value: [] };
  return ALWAYS.has(field)
    ? refuse(value, "leave it out, or write unknown, if nobody knows it", ", but there always is one")
    : { value: null };
}

/** Programs write an empty date as zero: 0, the year 1, or the first second of 1970. For an expiry also -1 and far years mean "never". */
function meansNever(field: string, value: unknown): boolean {
  if (value === 0) return true;
  if (field === "expires" && value === -1) return true;
  if (typeof value !== "string") return false;
  const text = value.trim();
  if (ZERO_DATE.test(text) || (field === "expires" && text === "-1")) return true;
  const parsed = parseInstant(text);
  if ("instant" in parsed && parsed.instant === "1970-01-01T00:00:00Z") return true;
  return field === "expires" && isFarDate(text);
}

/** Years that mean "never" do so with or without a time and a zone. */
function isFarDate(text: string): boolean {
  const day = parseInstant(`${text.slice(0, 10)}T00:00:00Z`);
  return "instant" in day && isNever(day.instant) && !isNonsense(text);
}

function isNonsense(text: string): boolean {
  const parsed = parseInstant(text);
  return "fault" in parsed && parsed.fault === "not-a-date";
}

/** An instant as we write it ourselves, on any day but a leap day, in a year that means nothing but itself. */
const ORDINARY =
  /^(?:19[89]\d|20[0-8]\d)-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

const ZERO_DATE = /^(?:0|0001-01-01(?:[T ].*)?|0000-00-00(?:[T ].*)?)$/i;

function refuse(value: unknown, remedy: string, why = ""): Reading {
  return { wrong: { says: `is ${shown(value)}${why}`, remedy } };
}
