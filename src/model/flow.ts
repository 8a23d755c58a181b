import type { Coverage, Finding, Report, Tally, Token } from "./documents.gen.ts";

/** What collectors yield and enrichment passes on: a token, or what became of a question that was asked. */
export type Collected = { token: Token } | { coverage: Coverage };

/** Lines of NDJSON that hold whole records, still as bytes: any thread can read them. */
export interface Raw {
  bytes: Uint8Array;
  /** The number of the first line, counted from 1. */
  first: number;
  from: RawOrigin;
  /** Only these of its records, counted from 0; absent: all. */
  only?: ReadonlySet<number>;
}

/** Where raw lines come from. */
export interface RawOrigin {
  /** The `use` of the source. */
  source: string;
  /** What people call the input. */
  name: string;
  /** Standard input and the output of a program have no place that a report could point at. */
  isFile: boolean;
}

/** What reading raw lines gave: a fault is a record that could not be read; a clean token needs no second look. */
export type Read = Collected | { token: Token; isClean: boolean } | { fault: Coverage };

/** Past this many, faults of one input are only counted. */
export const FAULTS_TOLD = 1_000;

/** What was read from raw lines since the last settling. */
export interface Counts {
  tokens: number;
  faults: number;
}

/** What providers yield: tokens and coverage, or lines to be read later, and then what to say of them once they were. */
export type Provided = Collected | { raw: Raw } | { settle: (counts: Counts) => Coverage[] };

/** Which source gave something, and where the configuration asked for it. */
export interface Origin {
  source: string;
  location?: NonNullable<Coverage["location"]>;
}

/** What collecting hands on: as provided, but clean, and with its origin. */
export type Gathered =
  | { token: Token; origin: Origin }
  | { raw: Raw; origin: Origin }
  | Exclude<Provided, { token: Token } | { raw: Raw }>;

/** One token's verdicts: its findings, and how many policies passed, failed, did not know or did not apply. */
export interface Judgement {
  token: Token;
  findings: Finding[];
  /** One verdict per policy, in the manifest's order. */
  verdicts: readonly Verdict[];
}

export type Verdict = keyof Tally;

/** What judging yields. */
export type Judged = { judgement: Judgement } | { coverage: Coverage };

/** A run but for its findings. */
export type Head = Omit<Report, "findings">;

/** A whole run, ready to be told: everything but the findings, and the findings as a stream in report order. */
export interface Result {
  head: Head;
  /** As often as they are asked for. */
  findings: Findings | AsyncIterable<Finding>;
}

/** Findings, which may also be had as the JSON that they are kept as: all of it, with a separator in between, in pieces. */
export interface Findings extends Iterable<Finding> {
  joined?(separator: string): Iterable<string>;
}
