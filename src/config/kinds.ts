import type { About } from "./rules.ts";

/** The kinds that policies or built-in numbers name; there may be others, as any source may bring its own. */
export function knownKinds({ manifest, thresholds }: About): Set<string> {
  const judged = manifest.policies.flatMap(({ applies_to }) => applies_to.kinds ?? []);
  return new Set([...Object.keys(thresholds.kinds), ...judged]);
}
