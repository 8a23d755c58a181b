import { type Severity, worstFirst } from "../model/severity.ts";

/** `2 critical, 9 high`: only what there is, in the order given. */
export function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .flatMap(([word, count]) => (count > 0 ? [`${count} ${word}`] : []))
    .join(", ");
}

export type BySeverity = Record<Severity, number>;

/** Nothing counted yet, the worst first. */
export function noneBySeverity(): BySeverity {
  return { critical: 0, high: 0, medium: 0, low: 0 };
}

export function totalOf(of: Readonly<BySeverity>): number {
  return worstFirst.reduce((total, severity) => total + of[severity], 0);
}
