import type { Finding, Token } from "./documents.gen.ts";

export type Severity = Finding["severity"];
export type Breadth = NonNullable<NonNullable<Token["facts"]>["breadth"]>;

/** From harmless to worst. */
export const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** As reports show them. */
export const worstFirst: readonly Severity[] = [...severities].reverse();

/** A policy's severity is meant for a token of limited breadth; a narrower token is less serious, a broader one more. */
const SHIFT = { narrow: -1, limited: 0, broad: 1, full: 2 } as const satisfies Record<Breadth, number>;

/** The severity of a policy's finding on a token; an unknown breadth neither lowers nor raises it. */
export function severityFor(declared: Severity, breadth: Breadth | undefined): Severity {
  const rank = severities.indexOf(declared) + (breadth ? SHIFT[breadth] : 0);
  return severities[Math.min(Math.max(rank, 0), severities.length - 1)] as Severity;
}

/** Whether a severity reaches a threshold; `never` is reached by none. */
export function reaches(severity: Severity, threshold: Severity | "never"): boolean {
  return threshold !== "never" && severities.indexOf(severity) >= severities.indexOf(threshold);
}
