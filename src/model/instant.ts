const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:[.,]\d{1,12})?([Zz]|[+-]\d{2}:\d{2})$/;
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;
/** From this year on an expiry date is a way to write "never": providers use 2099-12-31, 2999-12-12 and 9999-12-31. */
const NEVER_FROM_YEAR = 2099;

export type InstantFault = "no-zone" | "not-a-date" | "out-of-range";

/** An RFC 3339 instant normalised to whole seconds in UTC (`2030-01-01T00:00:00Z`, fractions dropped), or what is wrong with it. */
export function parseInstant(text: string): { instant: string } | { fault: InstantFault } {
  const match = RFC3339.exec(text);
  if (!match)
    return { fault: /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2})?([.,]\d+)?)?$/.test(text) ? "no-zone" : "not-a-date" };
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  if (!isCalendarTime(local, [year, month, day, hour, minute, second])) return { fault: "not-a-date" };
  const offset = zoneOffset(match[7] as string);
  if (offset === undefined) return { fault: "not-a-date" };
  return fromEpoch((local - offset) / 1000);
}

/** Whole seconds since 1970 of a normalised instant, or NaN. Digit by digit: Date.parse takes eight times as long, four times a token. */
export function toEpoch(instant: string): number {
  if (instant.length !== 20 || instant.charCodeAt(19) !== Z) return Number.NaN;
  const [month, day] = [twoDigits(instant, 5), twoDigits(instant, 8)];
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  // March as the first month: then the leap day is a year's last day, and months follow a formula.
  const year = twoDigits(instant, 0) * 100 + twoDigits(instant, 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const days = year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
  const seconds = twoDigits(instant, 11) * 3_600 + twoDigits(instant, 14) * 60 + twoDigits(instant, 17);
  return (days - DAYS_TO_1970) * 86_400 + seconds;
}

const Z = 0x5a;
const DAYS_TO_1970 = 719_468;

function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The normalised instant of whole seconds since 1970. */
export function fromEpoch(seconds: number): { instant: string } | { fault: InstantFault } {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year)) return { fault: "not-a-date" };
  if (year < FIRST_YEAR || year > LAST_YEAR) return { fault: "out-of-range" };
  return { instant: instantAt(date.getTime()) };
}

/** The same of the milliseconds that a clock gives, which are never out of range. */
export function instantAt(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Whether an expiry is so far away that its provider means "never". */
export function isNever(instant: string): boolean {
  return Number(instant.slice(0, 4)) >= NEVER_FROM_YEAR;
}

function isCalendarTime(time: number, parts: readonly number[]): boolean {
  const date = new Date(time);
  const back = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return back.every((value, index) => value === parts[index]);
}

function zoneOffset(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}
