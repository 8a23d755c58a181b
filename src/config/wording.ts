import { nearest } from "../model/nearest.ts";
import { shown } from "../model/shown.ts";

/** A longer word is no slip of the fingers, and comparing it would take time in proportion. */
const LONGEST_SLIP = 100;

/** A value as the reader of an error message should recognise it. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "string" ? `the text ${shown(value)}` : shown(value);
}

/** How a sentence about a wrong word goes on: with the word that was probably meant, else with all that are allowed. */
export function orRather(wrong: string, allowed: readonly string[], otherwise?: string): string {
  return didYouMean(wrong, allowed) || (otherwise ?? `; allowed here: ${allowed.join(", ") || "nothing"}`);
}

/** `; did you mean "…"?` where one of the words is near, else nothing. */
export function didYouMean(wrong: string, allowed: readonly string[]): string {
  const near = wrong.length > LONGEST_SLIP ? undefined : nearest(wrong, allowed);
  return near === undefined || near === wrong ? "" : `; did you mean ${shown(near)}?`;
}
