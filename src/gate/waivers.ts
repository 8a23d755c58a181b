import type { Finding } from "../model/documents.gen.ts";
import { starMatcher } from "../model/pattern.ts";
import { applied, isExpired, type Waiver } from "../model/waiver.ts";

/** A finding as reports tell it, and which waiver it met, by position. */
interface Met {
  finding: Finding;
  waiver: number | undefined;
}

/** One that is in force comes before one that has expired; else the first of the file. */
export function waiverMarker(waivers: readonly Waiver[] = [], asOf: string): ((finding: Finding) => Met) | undefined {
  if (waivers.length === 0) return undefined;
  const find = finder(waivers, asOf);
  return (finding) => {
    const found = find(finding);
    return found ? { finding: { ...finding, ...found.mark }, waiver: found.index } : { finding, waiver: undefined };
  };
}

interface Candidate {
  index: number;
  isExpired: boolean;
  /** What a finding that it covers tells of it. */
  mark: Pick<Finding, "waived" | "expired_waiver">;
  covers: (finding: Finding) => boolean;
}

/** What waivers say of a policy: those for one token are looked up, only patterns are tried one by one. */
interface Shelf {
  byToken: Map<string, Candidate[]>;
  patterns: Candidate[];
}

function finder(waivers: readonly Waiver[], asOf: string): (finding: Finding) => Candidate | undefined {
  const shelves = new Map<string, Shelf>();
  for (const [index, waiver] of waivers.entries()) {
    const candidate = candidateOf(waiver, index, asOf);
    for (const policy of waiver.policies) {
      const shelf = shelves.get(policy) ?? { byToken: new Map(), patterns: [] };
      shelves.set(policy, shelf);
      listFor(waiver, shelf).push(candidate);
    }
  }
  return (finding) => {
    const shelf = shelves.get(finding.policy);
    if (!shelf) return undefined;
    const candidates = [...(shelf.byToken.get(finding.token.id) ?? []), ...shelf.patterns];
    const covering = candidates.filter(({ covers }) => covers(finding)).sort(byRank);
    return covering[0];
  };
}

function candidateOf(waiver: Waiver, index: number, asOf: string): Candidate {
  const isPast = isExpired(waiver, asOf);
  const mark = isPast ? { expired_waiver: applied(waiver) } : { waived: applied(waiver) };
  return { index, isExpired: isPast, mark, covers: coverage(waiver) };
}

function listFor({ token }: Waiver, { byToken, patterns }: Shelf): Candidate[] {
  if (typeof token !== "string") return patterns;
  const found = byToken.get(token) ?? [];
  byToken.set(token, found);
  return found;
}

function byRank(one: Candidate, other: Candidate): number {
  return Number(one.isExpired) - Number(other.isExpired) || one.index - other.index;
}

/** Whether a waiver of the policy covers a finding. */
function coverage({ token, discriminator }: Waiver): Candidate["covers"] {
  const isMeant = typeof token === "string" ? () => true : patternsOn(token);
  return (finding) => (discriminator === undefined || discriminator === finding.discriminator) && isMeant(finding);
}

const FIELDS = ["id", "kind", "account", "name"] as const;

function patternsOn(patterns: Exclude<Waiver["token"], string>): Candidate["covers"] {
  const tests = FIELDS.flatMap((field) => {
    const pattern = patterns[field];
    return pattern === undefined ? [] : [{ field, matches: starMatcher(pattern) }];
  });
  return ({ token }) => tests.every(({ field, matches }) => matches(token[field]));
}
