import type { Coverage, Report } from "./documents.gen.ts";

/** Whether something that was asked for stayed unknown: of a question to a source, or as the reason of a field. It makes a run incomplete. */
export function isGap(outcome: string): boolean {
  return GAPS.some((gap) => gap === outcome);
}

/** How many questions of a run stayed unanswered. */
export function countGaps(counts: Report["summary"]["coverage"]): number {
  return GAPS.reduce((sum, gap) => sum + counts[gap], 0);
}

/** Nobody's fault and nothing to mend: what is left out on purpose, and what a provider shows nobody. */
export function isLeftOut(outcome: string): boolean {
  return outcome === "not-asked" || outcome === "not-exposed";
}

const GAPS = ["denied", "failed"] as const satisfies readonly Coverage["outcome"][];
