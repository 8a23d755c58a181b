import type { Baseline } from "../model/baseline.ts";
import type { Manifest, Rules } from "../model/bundle.ts";
import { countGaps, isGap } from "../model/coverage.ts";
import type { Accepted, Coverage, Finding, Report, Summary, Tally } from "../model/documents.gen.ts";
import type { Judged, Result } from "../model/flow.ts";
import { reaches, type Severity, severities } from "../model/severity.ts";
import { isExpired, type Waiver } from "../model/waiver.ts";
import { tableOf } from "./baseline-table.ts";
import { type Digest, digest, noneAccepted, sortKey, verdicts } from "./digest.ts";
import { marker } from "./marker.ts";
import { openMeetings } from "./meetings.ts";
import { countOutcomes } from "./outcomes.ts";
import { openSpool } from "./spool.ts";

export interface GateMeans {
  failOn: Severity | "never";
  allowIncomplete: boolean;
  /** What the report says of the run beside its outcome. */
  run: Pick<Report, "tool" | "as_of" | "bundle" | "profile" | "config" | "shard" | "parameters" | "disabled">;
  manifest: Manifest;
  disabled: readonly string[];
  /** Severities that the configuration declares instead of the policies' own. */
  severity: Rules["severity"];
  /** What its findings were held against before they came here. */
  waivers?: readonly Waiver[];
  baseline?: Baseline | undefined;
  /** A private folder for findings that do not fit into memory; made when it is asked for. */
  scratch: () => string;
}

/** Counts, orders and decides while the verdicts come. */
export interface Gate {
  add(digest: Digest): void;
  cover(coverage: Coverage): void;
  /** Why something that was asked for may have gone unread so far; undefined: all was read. */
  gap(): Coverage["outcome"] | undefined;
  close(): Result;
}

/** Stage 4: findings at the threshold give 1; else an incomplete run gives 3; else 0. */
export async function gate(items: AsyncIterable<Judged>, means: GateMeans): Promise<Result> {
  const open = openGate(means);
  const { waivers, baseline } = means;
  const mark = marker({ waivers, baseline: baseline && tableOf(baseline) }, means.run.as_of);
  for await (const item of items) {
    if ("coverage" in item) open.cover(item.coverage);
    else open.add(digest([item.judgement], means.manifest.policies.length, mark));
  }
  return open.close();
}

export function openGate(means: GateMeans): Gate {
  const spool = openSpool(means.scratch);
  const coverage: Coverage[] = [];
  const tallies = means.manifest.policies.map(() => verdicts.map(() => 0));
  const failed = severities.map(() => 0);
  const waived = noneAccepted();
  const known = noneAccepted();
  const meetings = means.baseline && openMeetings(means.baseline);
  const uses = new Map<number, number>();
  let tokens = 0;
  let hasGap = false;

  return {
    add(batch) {
      tokens += batch.tokens;
      hasGap ||= batch.hasGap;
      addTo(failed, batch.failed);
      addTo(waived, batch.waived);
      addTo(known, batch.known);
      meetings?.add(batch);
      for (const [index, count] of batch.uses) uses.set(index, (uses.get(index) ?? 0) + count);
      for (const [index, tally] of tallies.entries()) {
        addTo(tally, batch.tallies.slice(index * verdicts.length, (index + 1) * verdicts.length));
      }
      spool.add(batch.lines);
    },
    cover: (event) => void coverage.push(event),
    gap: () => coverage.find(({ outcome }) => isGap(outcome))?.outcome,
    close() {
      const policies = judgedPolicies(tallies, means);
      const summary = summarise({ tokens, policies, failed, waived, known, coverage });
      const decision = decide(summary, hasGap, { ...means, isPart: means.run.shard !== undefined });
      const told = { ...toldWaivers(means, uses), ...meetings?.told({ coverage, disabled: means.disabled }) };
      const head = { schema_version: 1, ...means.run, ...told, gate: decision, summary, coverage, policies } as const;
      return { head, findings: spool.close() };
    },
  };
}

/** Worst first, then by policy and token: the same order whatever the order of reading. */
export function inReportOrder(one: Finding, other: Finding): number {
  const [first, second] = [sortKey(one), sortKey(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** A refused or failed read, of a source or of one field, and a run that collected nothing, have not earned a clean result. */
export function decide(
  { tokens, severities: failed, coverage }: Summary,
  hasGap: boolean,
  { failOn, allowIncomplete, isPart = false }: Pick<GateMeans, "failOn" | "allowIncomplete"> & { isPart?: boolean },
): Report["gate"] {
  const reached = severities.filter((severity) => reaches(severity, failOn));
  const atThreshold = reached.reduce((sum, severity) => sum + failed[severity], 0);
  // One shard of many may have got nothing.
  const incomplete = (tokens === 0 && !isPart) || countGaps(coverage) > 0 || hasGap;
  const exit_code = atThreshold > 0 ? 1 : incomplete && !allowIncomplete ? 3 : 0;
  return { fail_on: failOn, exit_code, incomplete, allow_incomplete: allowIncomplete, at_threshold: atThreshold };
}

function judgedPolicies(tallies: readonly number[][], means: GateMeans): Report["policies"] {
  return means.manifest.policies.flatMap((policy, index) => {
    if (means.disabled.includes(policy.id)) return [];
    const severity = means.severity[policy.id] ?? policy.severity;
    const [pass = 0, fail = 0, unknown = 0, not_applicable = 0] = tallies[index] ?? [];
    return [{ policy: { ...policy, severity }, verdicts: { pass, fail, unknown, not_applicable } }];
  });
}

/** Every waiver with what it did, where there are any. */
function toldWaivers({ waivers = [], run }: GateMeans, uses: ReadonlyMap<number, number>): Pick<Report, "waivers"> {
  if (waivers.length === 0) return {};
  return {
    waivers: waivers.map((waiver, index) => ({
      ...waiver,
      ...(isExpired(waiver, run.as_of) ? { expired: true } : {}),
      findings: uses.get(index) ?? 0,
    })),
  };
}

function summarise(found: {
  tokens: number;
  policies: Report["policies"];
  failed: readonly number[];
  waived: readonly number[];
  known: readonly number[];
  coverage: readonly Coverage[];
}): Summary {
  const total: Tally = { pass: 0, fail: 0, unknown: 0, not_applicable: 0 };
  for (const one of found.policies) for (const verdict of verdicts) total[verdict] += one.verdicts[verdict];
  const [low = 0, medium = 0, high = 0, critical = 0] = found.failed;
  const coverage = countOutcomes(found.coverage);
  const [waived, baseline] = [accepted(found.waived), accepted(found.known)];
  return {
    ...{ tokens: found.tokens, verdicts: total, severities: { critical, high, medium, low } },
    ...(waived ? { waived } : {}),
    ...(baseline ? { baseline } : {}),
    coverage,
  };
}

/** Nothing is told of what there is none of. */
function accepted([low = 0, medium = 0, high = 0, critical = 0, unknown = 0]: readonly number[]): Accepted | undefined {
  return low + medium + high + critical + unknown > 0 ? { critical, high, medium, low, unknown } : undefined;
}

function addTo(sums: number[], numbers: readonly number[]): void {
  for (const [index, number] of numbers.entries()) sums[index] = (sums[index] ?? 0) + number;
}
