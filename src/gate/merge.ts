import type { Accepted, Coverage, Finding, Report } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { sortKey } from "./digest.ts";
import { decide } from "./index.ts";
import { mergeBaseline } from "./merge-baseline.ts";
import { mergeCoverage } from "./merge-coverage.ts";
import { countOutcomes } from "./outcomes.ts";
import { overlaps } from "./overlap.ts";
import { arranged, type Part, type ShardPart } from "./parts.ts";

/** The report of a whole run from those of all its shards, or everything that keeps them from being one run. */
export function mergeReports(parts: readonly Part[]): { result: Result } | { faults: string[] } {
  const found = arranged(parts);
  if ("faults" in found) return found;
  const faults = overlaps(found.parts);
  return faults.length > 0 ? { faults } : { result: merged(found.parts) };
}

function merged(parts: readonly ShardPart[]): Result {
  const heads = parts.map(({ head }) => head);
  const [first, ...others] = heads;
  if (!first) throw new Error("a run has one shard or more");
  const { shard: _, ...shared } = first;
  const coverage = mergeCoverage(heads.map((head) => head.coverage));
  const summary = summarise(heads, coverage);
  const policies = first.policies.map(({ policy, verdicts }, index) => {
    const elsewhere = others.flatMap((head) => head.policies[index]?.verdicts ?? []);
    return { policy, verdicts: sums([verdicts, ...elsewhere]) };
  });
  const hasGap = heads.some(({ gate }) => gate.incomplete);
  const { fail_on: failOn, allow_incomplete: allowIncomplete } = first.gate;
  const gate = decide(summary, hasGap, { failOn, allowIncomplete });
  const told = { ...mergeWaivers(heads), ...mergeBaseline(heads) };
  return { head: { ...shared, ...told, gate, summary, coverage, policies }, findings: sorted(parts) };
}

/** All shards were given the same waivers, and each tells what they did there. */
function mergeWaivers(heads: readonly Result["head"][]): Pick<Report, "waivers"> {
  const waivers = heads[0]?.waivers?.map((waiver, index) => ({
    ...waiver,
    findings: heads.reduce((sum, head) => sum + (head.waivers?.[index]?.findings ?? 0), 0),
  }));
  return waivers ? { waivers } : {};
}

function summarise(heads: readonly Result["head"][], coverage: readonly Coverage[]): Report["summary"] {
  const summaries = heads.map(({ summary }) => summary);
  const waived: Accepted[] = summaries.flatMap((summary) => summary.waived ?? []);
  const baseline: Accepted[] = summaries.flatMap((summary) => summary.baseline ?? []);
  return {
    tokens: summaries.reduce((sum, { tokens }) => sum + tokens, 0),
    verdicts: sums(summaries.map(({ verdicts }) => verdicts)),
    severities: sums(summaries.map(({ severities }) => severities)),
    ...(waived.length > 0 ? { waived: sums(waived) } : {}),
    ...(baseline.length > 0 ? { baseline: sums(baseline) } : {}),
    coverage: countOutcomes(coverage),
  };
}

/** Counts of the same names, added up name by name. */
function sums<Name extends string>(all: readonly Record<Name, number>[]): Record<Name, number> {
  const [first, ...others] = all;
  const total = { ...first } as Record<Name, number>;
  for (const counts of others) for (const name of Object.keys(counts) as Name[]) total[name] += counts[name];
  return total;
}

function sorted(parts: readonly ShardPart[]): Finding[] {
  const keyed = parts.flatMap(({ findings }) => findings.map((finding) => ({ finding, key: sortKey(finding) })));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return keyed.map(({ finding }) => finding);
}
