import type { Finding, Report, ToldWaiver } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { selectorText } from "../model/waiver.ts";
import { counts } from "./counts.ts";

type Head = Omit<Report, "findings">;

/** Entries told one by one; the rest is counted. */
const TOLD = 25;

/** The verdicts that count, without those that are waived. */
export function counting(summary: Head["summary"]): Counting {
  const { verdicts } = summary;
  const waived = waivedIn(summary);
  return { fail: verdicts.fail - waived.fail, unknown: verdicts.unknown - waived.unknown };
}

type Counting = Record<"fail" | "unknown", number>;

/** How many failed and how many unknown verdicts are waived. */
export function waivedIn({ waived }: Pick<Head["summary"], "waived">): Counting {
  const { critical = 0, high = 0, medium = 0, low = 0, unknown = 0 } = waived ?? {};
  return { fail: critical + high + medium + low, unknown };
}

/** The findings that count: for formats whose readers would open an issue for each. */
export async function* unwaived(findings: Result["findings"]): AsyncIterable<Finding> {
  for await (const finding of findings) if (!finding.waived) yield finding;
}

/** `3 findings are waived (2 high, 1 unknown)`; undefined: none. */
export function waivedCount(summary: Pick<Head["summary"], "waived">): string | undefined {
  const { fail, unknown } = waivedIn(summary);
  const { waived } = summary;
  if (!waived || fail + unknown === 0) return undefined;
  const { critical, high, medium, low } = waived;
  const are = fail + unknown === 1 ? "is" : "are";
  return `${number(fail + unknown, "finding")} ${are} waived (${counts({ critical, high, medium, low, unknown })})`;
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
