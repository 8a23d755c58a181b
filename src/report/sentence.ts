import { messageOf } from "../model/accepted.ts";
import { countGaps, isGap } from "../model/coverage.ts";
import type { Coverage, Finding, Token } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { remedyFor } from "../model/remediation.ts";

/** What a finding says in one line of text: whose, what, and what to do; untrusted, for the format to clean. */
export function findingText(finding: Finding): string {
  return `${nameOf(finding.token)} (${finding.token.kind}): ${messageOf(finding)}`;
}

/** What a token is called: by its id where it has no name. */
export function nameOf({ name, id }: Pick<Token, "name" | "id">): string {
  return name.trim() || id;
}

/** What to do about findings, by policy and provider. */
export function remedyTeller({ policies }: Head): (finding: Finding) => string {
  const known = new Map(policies.map(({ policy }) => [policy.id, policy]));
  return ({ policy, token }) => {
    const found = known.get(policy);
    if (!found) throw new Error(`a finding is of ${policy}, which did not judge`);
    return remedyFor(found, token.provider);
  };
}

/** What to do where there was nothing to judge. */
export const NAME_SOURCES =
  "name sources that hold tokens in tokenward.yaml, which `tokenward init` writes, or inventories for `tokenward judge`";

/** Why a run is not whole, in a sentence; undefined: it is. Also said where gaps are tolerated. */
export function incompleteText({ gate, summary }: Head): string | undefined {
  if (!gate.incomplete) return undefined;
  const gaps = countGaps(summary.coverage);
  const why =
    gaps > 0
      ? `${number(gaps, "read")} denied or failed: what was not read was not judged`
      : summary.tokens === 0
        ? "no token was collected"
        : "not everything that was asked for was read";
  return `The run is incomplete: ${why}${gate.allow_incomplete ? " (allowed)" : ""}`;
}

/** What keeps a run from being whole: first in words, and then at most so many of the reads that brought nothing. */
export function unreadTexts(head: Head, most?: number): string[] {
  const incomplete = incompleteText(head);
  if (incomplete === undefined) return [];
  const gaps = gapTexts(head);
  const isNothing = gaps.length === 0 && head.summary.tokens === 0 && !head.shard;
  return [isNothing ? `${incomplete}; to fix: ${NAME_SOURCES}` : incomplete, ...gaps.slice(0, most)];
}

/** The reads that brought nothing, each in a line of text. */
export function gapTexts({ coverage }: Head): string[] {
  return coverage.flatMap(gapText);
}

/** The same of one event; nothing where it was read. */
export function gapText(event: Coverage): string[] {
  return isGap(event.outcome) ? [readText(event)] : [];
}

/** `github acme deploy keys: denied: 403; to fix: …`: what became of a read. */
export function readText(event: Coverage): string {
  const { subject, outcome, detail, remedy } = event;
  return `${whose(event)} ${subject}: ${outcome}${detail ? `: ${detail}` : ""}${remedy ? `; to fix: ${remedy}` : ""}`;
}

/** `github acme`: whom a read asked. */
export function whose({ source, account }: Pick<Coverage, "source" | "account">): string {
  return account === undefined ? source : `${source} ${account}`;
}

/** As a sentence begins. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
