import type { Finding } from "../model/documents.gen.ts";
import type { Judgement, Verdict } from "../model/flow.ts";
import { type Severity, severities } from "../model/severity.ts";
import { json } from "../model/text.ts";

/** What the gate keeps of a batch of tokens: counts, and each finding as a line that sorts into report order. It crosses threads. */
export interface Digest {
  tokens: number;
  /** Verdicts counted for each policy in the manifest's order, four numbers each, in the order of `verdicts`. */
  tallies: number[];
  /** Failed findings, in the order of `severities`. */
  failed: number[];
  /** Whether a field could not be read although it was asked for. */
  hasGap: boolean;
  lines: string[];
}

export const verdicts = ["pass", "fail", "unknown", "not_applicable"] as const satisfies readonly Verdict[];

/** Everything the gate wants to know of judged tokens. */
export function digest(judgements: readonly Judgement[], policies: number): Digest {
  const kept: Digest = {
    tokens: judgements.length,
    tallies: new Array<number>(policies * verdicts.length).fill(0),
    failed: severities.map(() => 0),
    hasGap: false,
    lines: [],
  };
  for (const judgement of judgements) {
    for (const [index, verdict] of judgement.verdicts.entries()) {
      const at = index * verdicts.length + verdicts.indexOf(verdict);
      kept.tallies[at] = (kept.tallies[at] ?? 0) + 1;
    }
    for (const finding of judgement.findings) keep(finding, kept);
  }
  return kept;
}

function keep(finding: Finding, kept: Digest): void {
  const rank = severities.indexOf(finding.severity);
  if (finding.verdict === "fail") kept.failed[rank] = (kept.failed[rank] ?? 0) + 1;
  else kept.hasGap ||= Object.values(finding.unknown).some((reason) => reason === "denied" || reason === "failed");
  kept.lines.push(`${sortKey(finding)}\t${json(finding)}`);
}

/** Worst first, then by policy and token: compared as text, this is the order of every report. */
export function sortKey({ verdict, severity, policy, token, id }: Finding): string {
  const isUnknown = Number(verdict === "unknown");
  return `${isUnknown}${severities.length - severities.indexOf(severity as Severity)} ${policy} ${json(token.id)} ${id}`;
}

/** What identifies the part of the order that verdict, severity and policy make up. */
export function bucketOf(line: string): string {
  return line.slice(0, line.indexOf(" ", 3));
}

/** The finding's JSON in a line of a digest. */
export function textOf(line: string): string {
  return line.slice(line.indexOf("\t") + 1);
}
