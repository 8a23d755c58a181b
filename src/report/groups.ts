import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { type BySeverity, counts, noneBySeverity, totalOf } from "./counts.ts";
import { type Gap, gapCounter } from "./gaps.ts";
import { type Grouping, groupOf, LACKING, OTHERS } from "./grouping.ts";
import { reasonedNumbers } from "./numbers.ts";
import { type Advice, remedies } from "./remedies.ts";

/** Rows told one by one in each group; the rest is counted, so that a report stays a page however large the estate. */
export const ROWS = 25;

/** A hostile inventory may name any number of owners; groups past this many are counted together. */
const GROUPS = 200;
/** Policies whose advice stands below a group of several, those with the most findings first. */
const ADVISED = 3;

/** Failures that share something, their policy where nothing else was asked for: the first of them whole, all of them counted. */
export interface Group {
  by: Grouping;
  /** The policy, owner, provider or file. */
  name: string;
  rows: Finding[];
  bySeverity: BySeverity;
  policies: Map<string, Share>;
}

/** What one policy has in a group. */
interface Share {
  count: number;
  numbers: ReturnType<typeof reasonedNumbers>;
  remedies: ReturnType<typeof remedies>;
}

/** What a page tells of findings: failures in groups, unknown verdicts by reason, and the first of those that are waived or in the baseline. */
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
  by?: Grouping | undefined;
  /** Sees every finding once, those that become no row as well. */
  see?: (finding: Finding) => void;
}

/** A stream of any length becomes a bounded number of rows and counters. */
export async function grouped(
  findings: Result["findings"],
  { each = ROWS, all = Number.POSITIVE_INFINITY, by = "policy", see }: Limits = {},
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
    else left -= enter(finding, groupFor(finding, groups, by), left > 0 ? each : 0);
  }
  return { groups: [...groups.values()], gaps: unknown.gaps(), waived, known };
}

function keepFirst(finding: Finding, rows: Finding[]): void {
  if (rows.length < ROWS) rows.push(finding);
}

/** The group of a finding, opened where there is room for one more. */
function groupFor(finding: Finding, groups: Map<string, Group>, by: Grouping): Group {
  const known = groupOf(finding, by) ?? LACKING[by];
  const hasRoom = by === "policy" || groups.has(known) || groups.size < GROUPS;
  const name = hasRoom ? known : OTHERS;
  const group = groups.get(name) ?? { by, name, rows: [], bySeverity: noneBySeverity(), policies: new Map() };
  groups.set(name, group);
  return group;
}

/** How many rows it became. */
function enter(finding: Finding, group: Group, most: number): 0 | 1 {
  const { policy } = finding;
  const share = group.policies.get(policy) ?? { count: 0, numbers: reasonedNumbers(), remedies: remedies() };
  group.policies.set(policy, share);
  share.count += 1;
  share.numbers.add(finding);
  share.remedies.add(finding);
  group.bySeverity[finding.severity] += 1;
  if (group.rows.length >= most || group.name === OTHERS) return 0;
  group.rows.push(finding);
  return 1;
}

/** What stands below a group: whose decision its numbers are, and what to do; of several policies for the most frequent. */
export function adviceOn(group: Group, known: ReadonlyMap<string, Policy>, most?: number): Advice[] {
  const shares = [...group.policies].sort(([, one], [, other]) => other.count - one.count).slice(0, ADVISED);
  return shares.flatMap(([id, { numbers, remedies: fixes }]) => {
    const policy = known.get(id);
    const set = numbers.lines(policy).map((text) => ({ label: "set", text }));
    const advice = [...set, ...(policy ? fixes.advice(policy, most) : [])];
    return group.by === "policy" ? advice : advice.map(({ label, text }) => ({ label: `${label}, ${id}`, text }));
  });
}

/** `and 12 more (2 high, 10 low)`: what a group has beside its rows; undefined: nothing. */
export function moreText({ rows, bySeverity }: Pick<Group, "rows" | "bySeverity">): string | undefined {
  const left = { ...bySeverity };
  for (const { severity } of rows) left[severity] -= 1;
  const total = totalOf(left);
  return total === 0 ? undefined : `and ${total} more (${counts(left)})`;
}
