import type { ReadRaw } from "../collect/index.ts";
import { type Passing, passing } from "../collect/ledger.ts";
import { enrichToken } from "../enrich/index.ts";
import { type Digest, digest } from "../gate/digest.ts";
import type { Judge } from "../judge/index.ts";
import type { Coverage, Token } from "../model/documents.gen.ts";
import type { Raw } from "../model/flow.ts";

/** What one thread works on at a time. */
export type Batch = { raw: Raw } | { tokens: Token[] };

/** What became of a batch; it crosses threads. */
export interface Outcome {
  digest: Digest;
  /** Of each token, in order, also of those that were left out. */
  passing: Passing;
  /** What else raw lines gave, in order, each with how many of the tokens came before it. */
  told: { coverage: Coverage; isFault: boolean; before: number }[];
}

/** Takes a batch through reading, enriching and judging; tokens at the positions given are left out. */
export type Work = (batch: Batch, without?: ReadonlySet<number>) => Outcome;

export interface WorkMeans {
  read: ReadRaw;
  judge: Judge;
  asOf: string;
  policies: number;
  /** Whether a token is judged in this run; absent: all are. */
  isMine: ((token: Token) => boolean) | undefined;
}

export function openWork({ read, judge, asOf, policies, isMine }: WorkMeans): Work {
  return (batch, without) => {
    const { tokens, told } = contentOf(batch, read);
    const isKept = (token: Token, position: number) => !without?.has(position) && (isMine?.(token) ?? true);
    const kept = without || isMine ? tokens.filter(isKept) : tokens;
    const judgements = judge(kept.map((token) => enrichToken(token, asOf)));
    return { digest: digest(judgements, policies), passing: passing(tokens), told };
  };
}

/** The tokens of a batch, and what else it gave. */
export function contentOf(batch: Batch, read: ReadRaw): { tokens: Token[]; told: Outcome["told"] } {
  if ("tokens" in batch) return { tokens: batch.tokens, told: [] };
  const tokens: Token[] = [];
  const told: Outcome["told"] = [];
  for (const item of read(batch.raw)) {
    if ("token" in item) tokens.push(item.token);
    else {
      const before = tokens.length;
      if ("fault" in item) told.push({ coverage: item.fault, isFault: true, before });
      else told.push({ coverage: item.coverage, isFault: false, before });
    }
  }
  return { tokens, told };
}
