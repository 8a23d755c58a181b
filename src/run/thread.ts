/** The other end of the pool: a thread that works on batches, or, when something went wrong, on single verdicts. */
import { parentPort, workerData } from "node:worker_threads";
import { rawReader } from "../collect/index.ts";
import { enrichToken } from "../enrich/index.ts";
import type { Bundle } from "../judge/bundle.ts";
import { startJudge } from "../judge/index.ts";
import type { Rules } from "../model/bundle.ts";
import { TokenwardError } from "../model/errors.ts";
import { memberOf, type Shard } from "../model/shard.ts";
import { openBeat } from "./beat.ts";
import { type Batch, contentOf, openWork } from "./work.ts";

export interface ThreadData {
  bundle: Bundle;
  rules: Rules;
  asOf: string;
  shared: SharedArrayBuffer;
  shard: Shard | undefined;
}

/** A batch to work on; `apart`: each policy on each token alone, so that the step tells where it stuck. */
export interface Request {
  id: number;
  batch: Batch;
  apart?: boolean;
}

export type Reply = { id: number } & (
  | { outcome: unknown }
  | { failure: { code: string; message: string; remedy: string } | { bug: string } }
);

const { bundle, rules, asOf, shard, shared } = workerData as ThreadData;
const beat = openBeat(shared);
const isMine = memberOf(shard);
const read = await rawReader();
let chunk = 0;
const judge = startJudge({ bundle, rules }, { onChunk: () => beat.step(chunk++) });
const work = openWork({ read, judge, asOf, policies: bundle.manifest.policies.length, isMine });

parentPort?.on("message", ({ id, batch, apart }: Request) => {
  try {
    const outcome = apart ? judgeApart(batch) : work(batch);
    parentPort?.postMessage({ id, outcome } satisfies Reply);
  } catch (error) {
    parentPort?.postMessage({ id, failure: failureOf(error) } satisfies Reply);
  }
  beat.rest();
});

function judgeApart(batch: Batch): undefined {
  const { policies } = bundle.manifest;
  for (const [position, token] of contentOf(batch, read).tokens.entries()) {
    if (isMine && !isMine(token)) continue;
    const enriched = enrichToken(token, asOf);
    for (const [index, policy] of policies.entries()) {
      if (rules.disabled.includes(policy.id)) continue;
      beat.step(position * policies.length + index);
      judge.alone(enriched, index);
    }
  }
}

function failureOf(error: unknown): { code: string; message: string; remedy: string } | { bug: string } {
  if (error instanceof TokenwardError) return { code: error.code, message: error.message, remedy: error.remedy };
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
