import type { Finding, ToldWaiver } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { selectorText } from "../model/waiver.ts";
import { counts, noneBySeverity, totalOf } from "./counts.ts";

/** Entries told one by one; the rest is counted. */
const TOLD = 25;

/** The verdicts that count, without those that are waived. */
export function counting(summary: Head["summary"]): Counting {
  const { verdicts } = summary;
  const waived = waivedIn(summary);
  return { fail: verdicts.fail - waived.fail, unknown: verdicts.unknown - waived.unknown };
}

type Counting = Record<"fail" | "unknown", number>;

/** How many failed and how many unknown verdicts are waived, and how many together. */
export function waivedIn({ waived }: Pick<Head["summary"], "waived">): Counting & { all: number } {
  const { unknown, ...bySeverity } = waived ?? { ...noneBySeverity(), unknown: 0 };
  const fail = totalOf(bySeverity);
  return { fail, unknown, all: fail + unknown };
}

/** The failures that count: for formats whose readers would open an issue for each. */
export async function* failing(findings: Result["findings"]): AsyncIterable<Finding> {
  for await (const finding of findings) if (finding.verdict === "fail" && !finding.waived) yield finding;
}

/** `3 findings are waived (2 high, 1 unknown)`; undefined: none. */
export function waivedCount(summary: Pick<Head["summary"], "waived">): string | undefined {
  const { all } = waivedIn(summary);
  const { waived } = summary;
  if (!waived || all === 0) return undefined;
  const { critical, high, medium, low, unknown } = waived;
  return `${number(all, "finding")} ${all === 1 ? "is" : "are"} waived (${counts({ critical, high, medium, low, unknown })})`;
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
