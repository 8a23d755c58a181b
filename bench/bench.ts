import type { Meter } from "./meter.ts";
import type { Spread } from "./statistics.ts";
import type { Key } from "./targets.ts";

/** How much is measured. */
export interface Sizes {
  opaTokens: number;
  small: number;
  large: number;
  /** Tokens for one thread and for two. */
  threaded: number;
  files: number;
  checked: number;
  runs: number;
  starts: number;
  /** Findings to be told in each format, beside a tenth of them; tokens where a format lists tokens. */
  told: number;
  /** Runs of each format. */
  tellings: number;
}

export const full: Sizes = {
  opaTokens: 50_000,
  small: 100_000,
  large: 1_000_000,
  threaded: 300_000,
  files: 10_000,
  checked: 100,
  runs: 5,
  starts: 15,
  told: 50_000,
  tellings: 3,
};

export const quick: Sizes = {
  ...full,
  opaTokens: 1_000,
  small: 2_000,
  large: 20_000,
  threaded: 10_000,
  files: 300,
  runs: 3,
  starts: 3,
  told: 2_000,
  tellings: 1,
};

/** What every measure works with. */
export interface Bench {
  /** For inputs and outputs; removed at the end. */
  folder: string;
  sizes: Sizes;
  meter: Meter;
}

/** A number and what it was made from, or why there is none. */
export type Outcome = (Spread & { from: string; note?: string; beside?: Beside }) | { missing: string };

/** What the numbers keep beside the value, by the last part of its name. */
export type Beside = Readonly<Record<"seconds" | "mb", number>>;

export type Outcomes = Partial<Record<Key, Outcome>>;

/** Numbers that come from the same runs. */
export interface Measure {
  keys: readonly Key[];
  run(bench: Bench): Promise<Outcomes>;
}
