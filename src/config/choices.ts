import type { ConfigFile } from "../model/documents.gen.ts";
import { severities } from "../model/severity.ts";
import { didYouMean, found } from "./wording.ts";

/** The sets of numbers to start from. */
export const profiles = [
  "strict",
  "default",
  "relaxed",
  "precision",
] as const satisfies readonly ConfigFile["profile"][];

/** What may fail a run: a severity, or nothing. */
export const thresholds = [...severities, "never"] as const satisfies readonly ConfigFile["fail_on"][];

/** What is wrong with a value that must be one of a few; undefined: nothing. */
export function choiceFault(value: unknown, allowed: readonly unknown[]): string | undefined {
  if (allowed.includes(value)) return undefined;
  const rather = typeof value === "string" ? didYouMean(value, allowed.map(String)) : "";
  const expected = allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(", ")}`;
  return `expected ${expected}, found ${found(value)}${rather}`;
}
