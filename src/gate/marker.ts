import { isOverruled, isWorse } from "../model/baseline.ts";
import type { Finding } from "../model/documents.gen.ts";
import type { Waiver } from "../model/waiver.ts";
import { type BaselineTable, type Row, rowOf } from "./baseline-table.ts";
import { waiverMarker } from "./waivers.ts";

/** A finding as reports tell it, and which waiver and which entry of the baseline it met, by position. */
export interface Marked {
  finding: Finding;
  waiver: number | undefined;
  entry?: { position: number; effect: Effect };
}

export type Marker = (finding: Finding) => Marked;

/** What an entry of the baseline does for the finding that it is about. */
export type Effect = (typeof effects)[number];

/** It covers it, its finding counts all the same, or a waiver goes before it. */
export const effects = ["covering", "lapsed", "waived"] as const;

/** What people accept: for a time, by waivers, and as known, in a baseline. A waiver goes before the baseline. */
export interface Acceptance {
  waivers?: readonly Waiver[] | undefined;
  baseline?: BaselineTable | undefined;
}

/** Says of findings that they are accepted; undefined: nothing is. */
export function marker({ waivers, baseline }: Acceptance, asOf: string): Marker | undefined {
  const byWaiver = waiverMarker(waivers, asOf);
  if (!baseline) return byWaiver;
  const today = asOf.slice(0, 10);
  return (finding) => {
    const marked = byWaiver?.(finding) ?? { finding, waiver: undefined };
    const row = rowOf(baseline, finding.id);
    return row ? { ...marked, ...entered(marked.finding, row, today) } : marked;
  };
}

/** What an entry means for its finding: nothing where it is past, where the finding got worse, and where a waiver was agreed since. */
function entered(finding: Finding, row: Row, today: string): Pick<Marked, "finding"> & Required<Pick<Marked, "entry">> {
  const { position, accepted, until, severity } = row;
  const entry = (effect: Effect) => ({ entry: { position, effect } });
  if (finding.waived) return { finding, ...entry("waived") };
  const known = { accepted, ...(until === undefined ? {} : { until }) };
  const isPast = until !== undefined && until < today;
  if (isPast || isWorse(finding, row)) {
    const because = isPast ? ("expired" as const) : ("worse" as const);
    return { finding: { ...finding, lapsed_baseline: { ...known, severity, because } }, ...entry("lapsed") };
  }
  if (isOverruled(finding, row)) return { finding, ...entry("lapsed") };
  return { finding: { ...finding, baseline: known }, ...entry("covering") };
}
