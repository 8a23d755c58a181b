import type { Coverage, Finding, Report, Tally, Token } from "./documents.gen.ts";

/** What collectors yield and enrichment passes on: a token, or what became of a question that was asked. */
export type Collected = { token: Token } | { coverage: Coverage };

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

/** A whole run, ready to be told: everything but the findings, and the findings as a stream in report order. */
export interface Result {
  head: Omit<Report, "findings">;
  findings: Iterable<Finding> | AsyncIterable<Finding>;
}
