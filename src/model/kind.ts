import type { Policy } from "./documents.gen.ts";

/** Whether a policy is meant for tokens of a kind. */
export function isMeantFor({ applies_to: { kinds, except_kinds } }: Pick<Policy, "applies_to">, kind: string): boolean {
  if (kinds && !kinds.some((pattern) => matches(kind, pattern))) return false;
  return !except_kinds?.some((pattern) => matches(kind, pattern));
}

/** A pattern is a kind, or `provider/*`. */
function matches(kind: string, pattern: string): boolean {
  return pattern.endsWith("/*") ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern;
}
