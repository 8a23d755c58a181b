import { number } from "../model/number.ts";
import type { Standing } from "../model/register.ts";

const TOLD = 8;

/** Which entry of the register counts for a token, which others match it, and why in this order. */
export function registerRows(entries: readonly Standing[] | undefined): string[][] {
  if (!entries) return [];
  if (entries.length === 0) return [["  none", "no entry matches this token"]];
  const rows = entries.slice(0, TOLD).map((entry, index) => [`  ${entry.by}`, reason(entry, entries[index - 1])]);
  const left = entries.length - TOLD;
  return left > 0 ? [...rows, ["  …", `and ${left} more`]] : rows;
}

function reason({ selector, rank }: Standing, before: Standing | undefined): string {
  const what = rank === undefined ? "the exact id" : `${number(rank, "fixed character")} in ${selector}`;
  if (!before) return `counts: ${what}`;
  return before.rank === rank ? `does not count: ${what} too, but it stands later` : `does not count: ${what}`;
}
