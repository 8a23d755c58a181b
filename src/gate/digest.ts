import { isGap } from "../model/coverage.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Judgement, Verdict } from "../model/flow.ts";
import { type Severity, severities } from "../model/severity.ts";
import { json } from "../model/text.ts";
import { effects, type Marked, type Marker } from "./marker.ts";
import type { Line } from "./runs.ts";

/** What the gate keeps of a batch of tokens: counts, and each finding as a line that sorts into report order. It crosses threads. */
export interface Digest {
  tokens: number;
  /** Verdicts counted for each policy in the manifest's order, four numbers each, in the order of `verdicts`. */
  tallies: number[];
  /** Failed findings that count, in the order of `severities`. */
  failed: number[];
  /** Waived findings: the failed in the order of `severities`, then the unknown. */
  waived: number[];
  /** Findings in the baseline, in the same order. */
  known: number[];
  /** Which entries of the baseline met a finding, by position, and how many of them in the order of `effects`. */
  met: number[];
  effects: number[];
  /** How many findings met each waiver, by its position. */
  uses: Map<number, number>;
  /** Whether a field could not be read although it was asked for. */
  hasGap: boolean;
  /** The findings as lines in report order, each with its end. */
  lines: Uint8Array<ArrayBuffer>;
}

export const verdicts = ["pass", "fail", "unknown", "not_applicable"] as const satisfies readonly Verdict[];
const NOT_APPLICABLE = verdicts.indexOf("not_applicable");

/**
 * What judging tokens once more adds, now that more is known of them: what some policies say, by their indexes, which did
 * not apply before. The tokens and all other verdicts were counted then.
 */
export function supplement(
  judgements: readonly Judgement[],
  policies: readonly Policy[],
  asked: ReadonlySet<number>,
  mark?: Marker,
): Digest {
  const ids = new Set(policies.flatMap(({ id }, index) => (asked.has(index) ? [id] : [])));
  const told = judgements.map((one) => ({ ...one, findings: one.findings.filter(({ policy }) => ids.has(policy)) }));
  const added = digest(told, policies.length, mark);
  const { tallies } = added;
  for (const index of policies.keys()) {
    const at = index * verdicts.length;
    const [pass = 0, fail = 0, unknown = 0] = asked.has(index) ? tallies.slice(at, at + 3) : [];
    // In the order of `verdicts`; where it says something now, it did not apply before.
    tallies.splice(at, verdicts.length, pass, fail, unknown, -(pass + fail + unknown));
  }
  return { ...added, tokens: 0 };
}

/** What judging the entries of the register adds: they are no tokens, and policies on tokens have nothing to say of them. */
export function supplementEntries(judgements: readonly Judgement[], policies: number, mark?: Marker): Digest {
  const added = digest(judgements, policies, mark);
  const tallies = added.tallies.map((count, at) => (at % verdicts.length === NOT_APPLICABLE ? 0 : count));
  return { ...added, tallies, tokens: 0 };
}

const TAB = 0x09;
const LF = 0x0a;

/** Everything the gate wants to know of judged tokens. */
export function digest(judgements: readonly Judgement[], policies: number, mark?: Marker): Digest {
  const counts: Omit<Digest, "lines"> = {
    tokens: judgements.length,
    tallies: new Array<number>(policies * verdicts.length).fill(0),
    failed: severities.map(() => 0),
    waived: noneAccepted(),
    known: noneAccepted(),
    met: [],
    effects: effects.map(() => 0),
    uses: new Map(),
    hasGap: false,
  };
  const lines = openLines();
  for (const judgement of judgements) {
    for (const [index, verdict] of judgement.verdicts.entries()) {
      const at = index * verdicts.length + verdicts.indexOf(verdict);
      counts.tallies[at] = (counts.tallies[at] ?? 0) + 1;
    }
    for (const found of judgement.findings) {
      const marked = mark?.(found) ?? { finding: found, waiver: undefined };
      const { finding } = marked;
      meet(marked, counts);
      count(finding, counts);
      lines.add(sortKey(finding), json(finding));
    }
  }
  return { ...counts, lines: lines.sorted() };
}

let scratch = Buffer.allocUnsafeSlow(512 * 1024);
/** A UTF-16 unit takes three bytes of UTF-8 at the most. */
const WIDEST = 3;

/** Lines are encoded as they come and only their keys are kept as text: sorting moves each line once. */
function openLines(): { add(key: string, text: string): void; sorted(): Uint8Array<ArrayBuffer> } {
  const places: { key: string; start: number; end: number }[] = [];
  let filled = 0;
  return {
    add(key, text) {
      const start = filled;
      const room = filled + key.length + text.length * WIDEST + 2;
      if (room > scratch.length) scratch = Buffer.concat([scratch], room * 2);
      filled += scratch.write(key, filled, "latin1");
      scratch[filled++] = TAB;
      filled += scratch.write(text, filled, "utf8");
      scratch[filled++] = LF;
      places.push({ key, start, end: filled });
    },
    sorted() {
      places.sort((one, other) => (one.key < other.key ? -1 : 1));
      const lines = new Uint8Array(filled);
      let at = 0;
      for (const { start, end } of places) {
        lines.set(scratch.subarray(start, end), at);
        at += end - start;
      }
      return lines;
    },
  };
}

/** A count for each severity, and one for unknown verdicts. */
export function noneAccepted(): number[] {
  return [...severities.map(() => 0), 0];
}

function meet({ waiver, entry }: Omit<Marked, "finding">, { uses, met, effects: counts }: Omit<Digest, "lines">): void {
  if (waiver !== undefined) uses.set(waiver, (uses.get(waiver) ?? 0) + 1);
  if (!entry) return;
  met.push(entry.position);
  increment(counts, effects.indexOf(entry.effect));
}

/** An unknown verdict that is waived leaves no gap: somebody answers for not knowing it. Of one in the baseline nobody does. */
function count(finding: Finding, counts: Omit<Digest, "lines">): void {
  const isFailed = finding.verdict === "fail";
  const rank = isFailed ? severities.indexOf(finding.severity) : severities.length;
  if (!isFailed && !finding.waived) counts.hasGap ||= Object.values(finding.unknown).some(isGap);
  if (finding.waived) increment(counts.waived, rank);
  else if (finding.baseline) increment(counts.known, rank);
  else if (isFailed) increment(counts.failed, rank);
}

function increment(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

/** Worst first, then by policy and token: compared as text or as bytes, which is the same for ASCII, this is the order of every report. */
export function sortKey({ verdict, severity, policy, token, id }: Finding): string {
  const isUnknown = Number(verdict === "unknown");
  const rank = severities.length - severities.indexOf(severity as Severity);
  return `${isUnknown}${rank} ${policy} ${ascii(JSON.stringify(token.id))} ${id}`;
}

/** Other characters become numbers behind the last character of ASCII: the order stays that of code points. */
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (other) => `\x7f${other.codePointAt(0)?.toString(16).padStart(6, "0")}`);
}

/** Where the finding's JSON begins in a line of a digest. */
export function beginOfText({ buffer, start }: Pick<Line, "buffer" | "start">): number {
  return buffer.indexOf(TAB, start) + 1;
}
