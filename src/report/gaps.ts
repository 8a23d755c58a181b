import type { Finding } from "../model/documents.gen.ts";

/** A report made by hand may give every token a reason of its own; past this many they are counted together. */
const DISTINCT = 200;
const KINDS = 50;

/** Unknown verdicts of one policy for one reason. */
export interface Gap {
  policy: string;
  why: string;
  count: number;
  kinds: string[];
}

/** Unknown verdicts counted by policy and reason: a hundred tokens that a provider tells nothing of are one line. */
export function gapCounter(): { add(finding: Finding): void; gaps(): Gap[] } {
  const counted = new Map<string, Gap>();
  return {
    add({ policy, message, token: { kind } }) {
      const key = JSON.stringify([policy, message]);
      const isOther = counted.size >= DISTINCT && !counted.has(key);
      const at = isOther ? JSON.stringify([policy]) : key;
      const gap = counted.get(at) ?? { policy, why: isOther ? "for other reasons" : message, count: 0, kinds: [] };
      counted.set(at, gap);
      gap.count += 1;
      if (gap.kinds.length < KINDS && !gap.kinds.includes(kind)) gap.kinds.push(kind);
    },
    gaps: () => [...counted.values()].sort(byPolicy),
  };
}

function byPolicy(one: Gap, other: Gap): number {
  if (one.policy !== other.policy) return one.policy < other.policy ? -1 : 1;
  return other.count - one.count;
}
