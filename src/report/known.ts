import type { BaselineEntry } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { counts } from "./counts.ts";

/** Entries told one by one; the rest is counted. */
const TOLD = 25;

/** Entries of the baseline that somebody should look at: those that no longer cover their finding, and those whose finding is gone; one shard cannot tell the latter. */
export function idleEntries({ baseline, shard }: Head): { heading: string; entries: string[]; rest: string[] } {
  const { lapsed = 0, stale: gone = [] } = baseline ?? {};
  const stale = shard ? [] : gone;
  const more = stale.length - TOLD;
  const back = `${number(lapsed, "finding")} ${lapsed === 1 ? "counts" : "count"} although the baseline has ${lapsed === 1 ? "it" : "them"}: see there`;
  return {
    heading: `BASELINE  ${counts({ lapsed, stale: stale.length })}`,
    entries: [...(lapsed > 0 ? [back] : []), ...stale.slice(0, TOLD).map(staleEntry)],
    rest: more > 0 ? [`and ${more} more: see the JSON report`] : [],
  };
}

function staleEntry({ policy, token, discriminator, accepted }: BaselineEntry): string {
  const which = discriminator === undefined ? "" : ` (${discriminator})`;
  return `stale: ${policy} for ${token}${which}, accepted on ${accepted}: its finding is gone`;
}
