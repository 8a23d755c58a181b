import { isAccepted } from "../model/baseline.ts";
import type { Accepted, Finding, ToldWaiver } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { selectorText } from "../model/waiver.ts";
import { counts, noneBySeverity, totalOf } from "./counts.ts";

/** Entries told one by one; the rest is counted. */
const TOLD = 25;

/** The verdicts that count, without those that are waived or in the baseline. */
export function counting(summary: Head["summary"]): Counting {
  const { verdicts } = summary;
  const [waived, known] = [waivedIn(summary), knownIn(summary)];
  return {
    fail: verdicts.fail - waived.fail - known.fail,
    unknown: verdicts.unknown - waived.unknown - known.unknown,
  };
}

type Counting = Record<"fail" | "unknown", number>;

/** How many failed and how many unknown verdicts are waived, and how many together. */
export function waivedIn({ waived }: Pick<Head["summary"], "waived">): Counting & { all: number } {
  return countsIn(waived);
}

/** The same of those in the baseline. */
export function knownIn({ baseline }: Pick<Head["summary"], "baseline">): Counting & { all: number } {
  return countsIn(baseline);
}

function countsIn(accepted: Accepted | undefined): Counting & { all: number } {
  const { unknown, ...bySeverity } = accepted ?? { ...noneBySeverity(), unknown: 0 };
  const fail = totalOf(bySeverity);
  return { fail, unknown, all: fail + unknown };
}

/** The failures that count: for formats whose readers would open an issue for each. */
export async function* failing(findings: Result["findings"]): AsyncIterable<Finding> {
  for await (const finding of findings) if (finding.verdict === "fail" && !isAccepted(finding)) yield finding;
}

/** `3 findings are waived (2 high, 1 unknown)`; undefined: none. */
export function waivedCount({ waived }: Pick<Head["summary"], "waived">): string | undefined {
  return countText(waived, "waived");
}

/** `12 findings are in the baseline (2 high, 10 low)`; undefined: none. */
export function knownCount({ baseline }: Pick<Head["summary"], "baseline">): string | undefined {
  return countText(baseline, "in the baseline");
}

/** Both in one line; undefined: nothing is accepted. */
export function acceptedCount(summary: Pick<Head["summary"], "waived" | "baseline">): string | undefined {
  const told = [waivedCount(summary), knownCount(summary)].filter((text) => text !== undefined);
  return told.length > 0 ? told.join(", ") : undefined;
}

function countText(accepted: Accepted | undefined, what: string): string | undefined {
  const { all } = countsIn(accepted);
  if (!accepted || all === 0) return undefined;
  const { critical, high, medium, low, unknown } = accepted;
  return `${number(all, "finding")} ${all === 1 ? "is" : "are"} ${what} (${counts({ critical, high, medium, low, unknown })})`;
}

/** Waivers that somebody should look at: those that have expired and those that cover nothing; one shard cannot tell the latter. */
export function idleWaivers({ waivers = [], shard }: Head): { heading: string; entries: string[]; rest: string[] } {
  const expired = waivers.filter((one) => one.expired);
  const unused = shard ? [] : waivers.filter(({ expired, findings }) => !expired && findings === 0);
  const entries = [...expired.map(expiredEntry), ...unused.map(unusedEntry)];
  const more = entries.length - TOLD;
  return {
    heading: `WAIVERS  ${counts({ expired: expired.length, unused: unused.length })}`,
    entries: entries.slice(0, TOLD),
    rest: more > 0 ? [`and ${more} more: see the JSON report`] : [],
  };
}

function expiredEntry(waiver: ToldWaiver): string {
  const { by, expires, findings } = waiver;
  const effect = findings === 0 ? "nothing is left of it" : `${number(findings, "finding")} back`;
  return `${by} expired on ${expires}: ${subject(waiver)}: ${effect}`;
}

function unusedEntry(waiver: ToldWaiver): string {
  const isPattern = typeof waiver.token === "string" && waiver.token.includes("*");
  const hint = isPattern ? "; a pattern is written as token: { id: … }" : "";
  return `${waiver.by} covers nothing: ${subject(waiver)}${hint}`;
}

function subject({ policies, token }: ToldWaiver): string {
  return `${policies.join(", ")} for ${selectorText(token)}`;
}
