import { acceptanceOf, entryId, isOverruled, isWorse } from "../model/baseline.ts";
import type { BaselineEntry, Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { byText } from "../model/text.ts";
import { goneIn } from "./meetings.ts";

/** The entries that a baseline of a run has, in their order, and how they came about. */
export interface Renewal {
  entries: BaselineEntry[];
  /** Accepted in this run, for the first time or because what was accepted before no longer covers it. */
  added: number;
  /** Of what was not read or not judged, and so need not be gone. */
  unjudged: number;
  /** Left out, because their finding is gone or waived. */
  dropped: number;
}

/**
 * Every finding that nobody waives. What was in the baseline keeps its day, and takes the severity that it has sunk to; what got
 * worse, or was waived in between, is accepted anew.
 */
export async function renewedBaseline(
  previous: readonly BaselineEntry[],
  { head, findings }: Result,
): Promise<Renewal> {
  const before = new Map(previous.map((entry) => [entryId(entry), entry]));
  const today = head.as_of.slice(0, 10);
  const entries: BaselineEntry[] = [];
  let [added, waived] = [0, 0];
  for await (const finding of findings) {
    const known = before.get(finding.id);
    before.delete(finding.id);
    if (finding.waived) {
      waived += Number(known !== undefined);
      continue;
    }
    const entry = entryFor(finding, known, today);
    if (known?.accepted !== entry.accepted) added += 1;
    entries.push(entry);
  }
  const isGone = goneIn({ coverage: head.coverage, disabled: (head.disabled ?? []).map(({ id }) => id) });
  const kept = [...before.values()].filter((entry) => !isGone(entry));
  const dropped = before.size - kept.length + waived;
  return { entries: [...entries, ...kept].sort(byIdentity), added, unjudged: kept.length, dropped };
}

/** The file, one entry a line: people's edits of different entries merge. */
export function* baselineText(entries: readonly BaselineEntry[]): Iterable<string> {
  yield '{\n  "version": 1,\n  "entries": [';
  for (const [index, entry] of entries.entries()) yield `${index === 0 ? "" : ","}\n    ${JSON.stringify(entry)}`;
  yield entries.length === 0 ? "]\n}\n" : "\n  ]\n}\n";
}

function entryFor(finding: Finding, known: BaselineEntry | undefined, today: string): BaselineEntry {
  const { token, policy, discriminator } = finding;
  const now = acceptanceOf(finding);
  const identity = { token: token.id, policy, ...(discriminator === undefined ? {} : { discriminator }) };
  if (!known) return { ...identity, severity: now, accepted: today };
  const { severity, accepted, until } = known;
  const end = until === undefined ? {} : { until };
  if (isOverruled(finding, known) || isWorse(finding, known))
    return { ...identity, severity: now, accepted: today, ...end };
  // What could not be judged this time was a failure and will be one again.
  return { ...identity, severity: now === "unknown" ? severity : now, accepted, ...end };
}

function byIdentity(one: BaselineEntry, other: BaselineEntry): number {
  return (
    byText(one.token, other.token) ||
    byText(one.policy, other.policy) ||
    byText(one.discriminator ?? "", other.discriminator ?? "")
  );
}
