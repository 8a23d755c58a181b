import { isAccepted } from "../model/baseline.ts";
import type { Finding } from "../model/documents.gen.ts";
import { toEpoch } from "../model/instant.ts";
import { worstFirst } from "../model/severity.ts";
import { type BySeverity, noneBySeverity } from "./counts.ts";

/** One bar: failed findings that share something. */
export interface Bar {
  /** Undefined: the findings that say nothing of it. */
  label: string | undefined;
  counts: BySeverity;
  total: number;
}

/** Failures of one kind that were held against a greatest age. */
export interface Ages {
  kind: string;
  count: number;
  youngest: number;
  oldest: number;
  limit: { least: number; most: number };
}

/** What the charts show. */
export interface Tallies {
  owners: Bar[];
  policies: Bar[];
  providers: Bar[];
  breadths: Bar[];
  expiries: Bar[];
  ages: Ages[];
}

/** A hostile inventory may name any number of owners; those past this many are counted together. */
const DISTINCT = 2_000;
const DAY = 86_400;

/** Days ahead that a remaining time is sorted into: the report's own order. */
const SPANS = [
  { label: "already expired", until: 0 },
  { label: "within a day", until: DAY },
  { label: "within 7 days", until: 7 * DAY },
  { label: "within 30 days", until: 30 * DAY },
  { label: "within 90 days", until: 90 * DAY },
  { label: "within a year", until: 365 * DAY },
  { label: "later", until: Number.POSITIVE_INFINITY },
];

/** Counts every failure of a stream of any length. */
export function tallier(asOf: string): { see(finding: Finding): void; told(): Tallies } {
  const by = { owner: counter(), policy: counter(), provider: counter(), breadth: counter(), expiry: counter() };
  const ages = ageCounter();
  return {
    see(finding) {
      if (finding.verdict !== "fail" || isAccepted(finding)) return;
      const { token, severity, policy } = finding;
      by.owner.add(token.owner?.trim() || undefined, severity);
      by.policy.add(policy, severity);
      by.provider.add(token.provider, severity);
      by.breadth.add(token.breadth, severity);
      const span = spanOf(finding, asOf);
      if (span) by.expiry.add(span, severity);
      ages.add(finding);
    },
    told: () => ({
      owners: by.owner.bars(),
      policies: by.policy.bars(),
      providers: by.provider.bars(),
      breadths: inOrder(by.breadth.bars(), ["full", "broad", "limited", "narrow"]),
      expiries: inOrder(
        by.expiry.bars(),
        SPANS.map(({ label }) => label),
      ),
      ages: ages.told(),
    }),
  };
}

export const OTHERS = "all others";

function counter(): { add(label: string | undefined, severity: Finding["severity"]): void; bars(): Bar[] } {
  const counted = new Map<string | undefined, Bar>();
  const others: Bar = emptyBar(OTHERS);
  return {
    add(label, severity) {
      const known = counted.get(label);
      const bar = known ?? (counted.size < DISTINCT ? emptyBar(label) : others);
      if (!known && bar !== others) counted.set(label, bar);
      bar.counts[severity] += 1;
      bar.total += 1;
    },
    bars() {
      const bars = [...counted.values()].sort(longestFirst);
      return others.total > 0 ? [...bars, others] : bars;
    },
  };
}

function emptyBar(label: string | undefined): Bar {
  return { label, counts: noneBySeverity(), total: 0 };
}

function longestFirst(one: Bar, other: Bar): number {
  return other.total - one.total || ((one.label ?? "") < (other.label ?? "") ? -1 : 1);
}

/** The most bars told one by one; the others become one. */
export function longest(bars: readonly Bar[], most: number): Bar[] {
  if (bars.length <= most) return [...bars];
  const rest = emptyBar(OTHERS);
  for (const { counts, total } of bars.slice(most - 1)) {
    for (const severity of worstFirst) rest.counts[severity] += counts[severity];
    rest.total += total;
  }
  return [...bars.slice(0, most - 1), rest];
}

function inOrder(bars: readonly Bar[], order: readonly string[]): Bar[] {
  const place = ({ label }: Bar) => (label === undefined ? order.length : order.indexOf(label));
  return [...bars].sort((one, other) => place(one) - place(other));
}

/** How long a token still lives, from the evidence of whichever policy told it. */
function spanOf({ evidence: { expires_in, expires } }: Finding, asOf: string): string | undefined {
  const end = typeof expires === "string" ? toEpoch(expires) : Number.NaN;
  const left = typeof expires_in === "number" ? expires_in : end - toEpoch(asOf);
  return SPANS.find(({ until }) => left <= until)?.label;
}

function ageCounter(): { add(finding: Finding): void; told(): Ages[] } {
  const counted = new Map<string, Ages>();
  return {
    add({ evidence: { age, max_age: limit }, token: { kind } }) {
      if (typeof age !== "number" || typeof limit !== "number") return;
      const known = counted.get(kind);
      if (!known && counted.size >= DISTINCT) return;
      const ages = known ?? { kind, count: 0, youngest: age, oldest: age, limit: { least: limit, most: limit } };
      ages.count += 1;
      ages.youngest = Math.min(ages.youngest, age);
      ages.oldest = Math.max(ages.oldest, age);
      ages.limit = { least: Math.min(ages.limit.least, limit), most: Math.max(ages.limit.most, limit) };
      counted.set(kind, ages);
    },
    told: () =>
      [...counted.values()].sort((one, other) => other.oldest - one.oldest || (one.kind < other.kind ? -1 : 1)),
  };
}
