import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { type BySeverity, counts, noneBySeverity, totalOf } from "./counts.ts";
import { type Gap, gapCounter } from "./gaps.ts";
import { reasonedNumbers } from "./numbers.ts";
import { remedies } from "./remedies.ts";

/** Rows told one by one in each group; the rest is counted, so that a report stays a page however large the estate. */
export const ROWS = 25;

/** One policy's failures: the first of them whole, all of them counted. */
export interface Group {
  policy: string;
  rows: Finding[];
  bySeverity: BySeverity;
  numbers: ReturnType<typeof reasonedNumbers>;
  remedies: ReturnType<typeof remedies>;
}

/** What a page tells of findings: failures by policy, unknown verdicts by reason, and the first of those that are waived or in the baseline. */
export interface Grouped {
  groups: Group[];
  gaps: Gap[];
  waived: Finding[];
  known: Finding[];
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
): Promise<Grouped> {
  const groups = new Map<string, Group>();
  const unknown = gapCounter();
  const waived: Finding[] = [];
  const known: Finding[] = [];
  let left = all;
  for await (const finding of findings) {
    see?.(finding);
    const accepted = finding.waived ? waived : finding.baseline && known;
    if (accepted) keepFirst(finding, accepted);
    else if (finding.verdict === "unknown") unknown.add(finding);
    else left -= enter(finding, groups, left > 0 ? each : 0);
  }
  return { groups: [...groups.values()], gaps: unknown.gaps(), waived, known };
}

function keepFirst(finding: Finding, rows: Finding[]): void {
  if (rows.length < ROWS) rows.push(finding);
}

/** How many rows it became. */
function enter(finding: Finding, groups: Map<string, Group>, most: number): 0 | 1 {
  const { policy } = finding;
  const group = groups.get(policy) ?? emptyGroup(policy);
  groups.set(policy, group);
  group.bySeverity[finding.severity] += 1;
  group.numbers.add(finding);
  group.remedies.add(finding);
  if (group.rows.length >= most) return 0;
  group.rows.push(finding);
  return 1;
}

function emptyGroup(policy: string): Group {
  return {
    policy,
    rows: [],
    bySeverity: noneBySeverity(),
    numbers: reasonedNumbers(),
    remedies: remedies(),
  };
}

/** `and 12 more (2 high, 10 low)`: what a group has beside its rows; undefined: nothing. */
export function moreText({ rows, bySeverity }: Pick<Group, "rows" | "bySeverity">): string | undefined {
  const left = { ...bySeverity };
  for (const { severity } of rows) left[severity] -= 1;
  const total = totalOf(left);
  return total === 0 ? undefined : `and ${total} more (${counts(left)})`;
}
