import { entryId } from "../model/baseline.ts";
import type { Report } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";

/** All shards were given the same baseline. Each judged other tokens, so an entry is stale only where it is in every one of them. */
export function mergeBaseline(heads: readonly Head[]): Pick<Report, "baseline"> {
  const [first, ...others] = heads.flatMap(({ baseline }) => baseline ?? []);
  if (!first) return {};
  const stale = others.reduce((left, other) => {
    const ids = new Set(other.stale.map(entryId));
    return left.filter((entry) => ids.has(entryId(entry)));
  }, first.stale);
  const all = [first, ...others];
  const sum = (of: "findings" | "lapsed" | "waived") => all.reduce((total, told) => total + told[of], 0);
  const [findings, lapsed, waived] = [sum("findings"), sum("lapsed"), sum("waived")];
  const unjudged = first.entries - findings - lapsed - waived - stale.length;
  return { baseline: { ...first, findings, lapsed, waived, unjudged, stale } };
}
