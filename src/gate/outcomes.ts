import type { Coverage, Report } from "../model/documents.gen.ts";

/** Coverage events by outcome; what most runs never have is left out where there is none. */
export function countOutcomes(coverage: readonly Coverage[]): Report["summary"]["coverage"] {
  const counts: Report["summary"]["coverage"] = { read: 0, empty: 0, denied: 0, failed: 0 };
  for (const { outcome } of coverage) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
