import type { Baseline } from "../model/baseline.ts";
import type { Coverage, Report } from "../model/documents.gen.ts";
import { wasRead } from "../model/reading.ts";
import type { Digest } from "./digest.ts";

/** Which entries of a baseline have met their finding, however they come together. */
export interface Meetings {
  add(batch: Pick<Digest, "met" | "effects">): void;
  told(run: { coverage: readonly Coverage[]; disabled: readonly string[] }): Pick<Report, "baseline">;
}

export function openMeetings({ file, maxAge, entries }: Baseline): Meetings {
  const isMet = new Uint8Array(entries.length);
  const counts = [0, 0, 0];
  return {
    add({ met, effects }) {
      for (const position of met) isMet[position] = 1;
      for (const [index, count] of effects.entries()) counts[index] = (counts[index] ?? 0) + count;
    },
    told(run) {
      const missing = entries.filter((_, position) => isMet[position] === 0);
      const stale = missing.filter(goneIn(run));
      const [findings = 0, lapsed = 0, waived = 0] = counts;
      const age = maxAge === undefined ? {} : { max_age: maxAge };
      const unjudged = missing.length - stale.length;
      return { baseline: { file, ...age, entries: entries.length, findings, lapsed, waived, unjudged, stale } };
    },
  };
}

/** Whether an entry that met no finding is stale: what it is about was read and judged, and nothing was found. */
export function goneIn({
  coverage,
  disabled,
}: {
  coverage: readonly Coverage[];
  disabled: readonly string[];
}): (entry: { token: string; policy: string }) => boolean {
  const isRead = wasRead(coverage);
  const off = new Set(disabled);
  return ({ token, policy }) => !off.has(policy) && isRead(token);
}
