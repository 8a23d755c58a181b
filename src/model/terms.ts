import type { Baseline } from "./baseline.ts";
import type { Rules } from "./bundle.ts";
import type { Report } from "./documents.gen.ts";
import type { Intent } from "./intent.ts";
import type { Waiver } from "./waiver.ts";

/** What a run is judged by, settled before anything is read: plain data, the document of `schemas/terms.json`. */
export interface Terms {
  /** What the report says of the run beside its outcome. */
  run: Pick<Report, "tool" | "as_of" | "bundle" | "profile" | "config" | "shard" | "parameters" | "disabled">;
  fail_on: Report["gate"]["fail_on"];
  allow_incomplete: boolean;
  rules: Rules;
  /** The policies that did not come with tokenward. */
  own: readonly string[];
  /** Absent: nothing is waived. */
  waivers?: readonly Waiver[] | undefined;
  /** Absent: every finding counts. */
  baseline?: StatedBaseline | undefined;
  /** Absent: nothing is written down. */
  intent?: Intent | undefined;
}

/** A baseline as documents write it. */
export type StatedBaseline = Omit<Baseline, "maxAge"> & { max_age?: number };

export function statedBaseline({ file, maxAge, entries }: Baseline): StatedBaseline {
  return { file, ...(maxAge === undefined ? {} : { max_age: maxAge }), entries };
}

export function baselineFrom({ file, max_age, entries }: StatedBaseline): Baseline {
  return { file, ...(max_age === undefined ? {} : { maxAge: max_age }), entries };
}
