import type { Manifest, Rules } from "../model/bundle.ts";
import type { Coverage, Finding, Report, Summary, Tally } from "../model/documents.gen.ts";
import type { Judged, Judgement, Result, Verdict } from "../model/flow.ts";
import { reaches, type Severity, severities } from "../model/severity.ts";

export interface GateMeans {
  failOn: Severity | "never";
  allowIncomplete: boolean;
  /** What the report says of the run beside its outcome. */
  run: Pick<Report, "tool" | "as_of" | "bundle" | "profile">;
  manifest: Manifest;
  disabled: readonly string[];
  /** Severities that the configuration declares instead of the policies' own. */
  severity: Rules["severity"];
}

/** Stage 4: counts, orders and decides. Findings at the threshold give 1; else an incomplete run gives 3; else 0. */
export async function gate(items: AsyncIterable<Judged>, means: GateMeans): Promise<Result> {
  const findings: Finding[] = [];
  const coverage: Coverage[] = [];
  const tallies = means.manifest.policies.map(() => tally());
  let tokens = 0;
  for await (const item of items) {
    if ("coverage" in item) coverage.push(item.coverage);
    else {
      tokens += 1;
      count(item.judgement, tallies);
      findings.push(...item.judgement.findings);
    }
  }
  findings.sort(inReportOrder);
  const policies = means.manifest.policies.flatMap((policy, index) => {
    if (means.disabled.includes(policy.id)) return [];
    const severity = means.severity[policy.id] ?? policy.severity;
    return [{ policy: { ...policy, severity }, verdicts: tallies[index] ?? tally() }];
  });
  const summary = summarise({ tokens, policies, findings, coverage });
  const head = {
    schema_version: 1,
    ...means.run,
    gate: decide(findings, summary, means),
    summary,
    coverage,
    policies,
  } as const;
  return { head, findings };
}

/** Worst first, then by policy and token: the same order whatever the order of reading. */
export function inReportOrder(one: Finding, other: Finding): number {
  return (
    Number(one.verdict === "unknown") - Number(other.verdict === "unknown") ||
    severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
    compare(one.policy, other.policy) ||
    compare(one.token.id, other.token.id) ||
    compare(one.id, other.id)
  );
}

function decide(
  findings: readonly Finding[],
  summary: Summary,
  { failOn, allowIncomplete }: GateMeans,
): Report["gate"] {
  const atThreshold = findings.filter(
    ({ verdict, severity }) => verdict === "fail" && reaches(severity, failOn),
  ).length;
  const incomplete = isIncomplete(findings, summary);
  const exit_code = atThreshold > 0 ? 1 : incomplete && !allowIncomplete ? 3 : 0;
  return { fail_on: failOn, exit_code, incomplete, allow_incomplete: allowIncomplete, at_threshold: atThreshold };
}

/** A refused or failed read, of a source or of one field, and a run that collected nothing, have not earned a clean result. */
function isIncomplete(findings: readonly Finding[], { tokens, coverage }: Summary): boolean {
  if (tokens === 0 || coverage.denied > 0 || coverage.failed > 0) return true;
  return findings.some(({ unknown }) =>
    Object.values(unknown).some((reason) => reason === "denied" || reason === "failed"),
  );
}

function summarise(found: {
  tokens: number;
  policies: Report["policies"];
  findings: readonly Finding[];
  coverage: readonly Coverage[];
}): Summary {
  const verdicts = tally();
  for (const one of found.policies)
    for (const verdict of Object.keys(verdicts) as Verdict[]) verdicts[verdict] += one.verdicts[verdict];
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { verdict, severity } of found.findings) if (verdict === "fail") bySeverity[severity] += 1;
  const byOutcome = { read: 0, empty: 0, denied: 0, failed: 0 };
  for (const { outcome } of found.coverage) byOutcome[outcome] += 1;
  return { tokens: found.tokens, verdicts, severities: bySeverity, coverage: byOutcome };
}

function count({ verdicts }: Judgement, tallies: readonly Tally[]): void {
  for (const [index, verdict] of verdicts.entries()) {
    const one = tallies[index];
    if (one) one[verdict] += 1;
  }
}

function tally(): Tally {
  return { pass: 0, fail: 0, unknown: 0, not_applicable: 0 };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
