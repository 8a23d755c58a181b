import { number } from "./number.ts";

const UNITS = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const COMPACT = /^(\d{1,9})([wdhms])$/;
const ISO = /^P(?:(\d{1,9})W|(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?)$/;

/** Whole seconds of `90d`, `8h`, `30m`, `P90D` or `PT8H`; undefined for anything else. Months and years have no fixed length and are refused. */
export function parseDuration(text: string): number | undefined {
  const compact = COMPACT.exec(text);
  if (compact) return Number(compact[1]) * UNITS[compact[2] as keyof typeof UNITS];
  const iso = ISO.exec(text);
  if (!iso || text === "P") return undefined;
  const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((digits) => Number(digits ?? 0));
  return (
    (weeks ?? 0) * UNITS.w + (days ?? 0) * UNITS.d + (hours ?? 0) * UNITS.h + (minutes ?? 0) * UNITS.m + (seconds ?? 0)
  );
}

/** A length of time for people, its largest unit and the next smaller one: `120 days`, `1 day 4 hours`; the rest is dropped. */
export function formatDuration(seconds: number): string {
  return inWords(seconds, 2);
}

/** The same to the second: `90 days 1 second`. */
export function exactDuration(seconds: number): string {
  return inWords(seconds, WORDS.length);
}

/** The largest unit there is, and the units that follow it, so many in all. */
function inWords(seconds: number, units: number): string {
  let [text, rest, left] = ["", Math.abs(seconds), units];
  for (const [size, word] of WORDS) {
    const count = Math.floor(rest / size);
    if (text !== "" || count > 0) left -= 1;
    if (count > 0) text += `${text && " "}${number(count, word)}`;
    if (left === 0) break;
    rest -= count * size;
  }
  return `${seconds < 0 ? "-" : ""}${text || "0 seconds"}`;
}

const WORDS = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

/** Whole days of `90d`, `2w` or plain `90`; undefined for anything else. */
export function wholeDays(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,4})([dw]?)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "w" ? 7 : 1);
}

/** The shortest way to write a duration in the configuration: `90d`, `36h`, `45s`. */
export function writeDuration(seconds: number): string {
  for (const unit of ["d", "h", "m"] as const) {
    if (seconds !== 0 && seconds % UNITS[unit] === 0) return `${seconds / UNITS[unit]}${unit}`;
  }
  return `${seconds}s`;
}
