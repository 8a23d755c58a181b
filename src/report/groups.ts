import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { severities } from "../model/severity.ts";
import { type Gap, gapCounter } from "./gaps.ts";
import { reasonedNumbers } from "./numbers.ts";
import { remedies } from "./remedies.ts";
import { counts } from "./summary.ts";

/** Rows told one by one in each group; the rest is counted, so that a report stays a page however large the estate. */
export const ROWS = 25;

/** One policy's failures: the first of them whole, all of them counted. */
export interface Group {
  policy: string;
  rows: Finding[];
  bySeverity: Record<Finding["severity"], number>;
  numbers: ReturnType<typeof reasonedNumbers>;
  remedies: ReturnType<typeof remedies>;
}

interface Limits {
  /** Rows of one group, and of all groups together. */
  each?: number;
  all?: number;
  /** Sees every finding once, those that become no row as well. */
  see?: (finding: Finding) => void;
}

/** A stream of any length becomes a bounded number of rows and counters. */
export async function grouped(
  findings: Result["findings"],
  { each = ROWS, all = Number.POSITIVE_INFINITY, see }: Limits = {},
): Promise<{ groups: Group[]; gaps: Gap[] }> {
  const groups = new Map<string, Group>();
  const unknown = gapCounter();
  let left = all;
  for await (const finding of findings) {
    see?.(finding);
    if (finding.verdict === "unknown") unknown.add(finding);
    else {
      const { policy } = finding;
      const group = groups.get(policy) ?? emptyGroup(policy);
      groups.set(policy, group);
      group.bySeverity[finding.severity] += 1;
      group.numbers.add(finding);
      group.remedies.add(finding);
      if (group.rows.length < each && left > 0) {
        group.rows.push(finding);
        left -= 1;
      }
    }
  }
  return { groups: [...groups.values()], gaps: unknown.gaps() };
}

function emptyGroup(policy: string): Group {
  return {
    policy,
    rows: [],
    bySeverity: { critical: 0, high: 0, medium: 0, low: 0 },
    numbers: reasonedNumbers(),
    remedies: remedies(),
  };
}

/** `and 12 more (2 high, 10 low)`: what a group has beside its rows; undefined: nothing. */
export function moreText({ rows, bySeverity }: Pick<Group, "rows" | "bySeverity">): string | undefined {
  const left = { ...bySeverity };
  for (const { severity } of rows) left[severity] -= 1;
  const total = severities.reduce((sum, severity) => sum + left[severity], 0);
  return total === 0 ? undefined : `and ${total} more (${counts(left)})`;
}
