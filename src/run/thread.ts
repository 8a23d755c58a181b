/** The other end of the pool: a thread that works on batches, or, when something went wrong, on single verdicts. */
import { parentPort, workerData } from "node:worker_threads";
import { rawReader } from "../collect/index.ts";
import { enricher } from "../enrich/index.ts";
import type { BaselineTable } from "../gate/baseline-table.ts";
import { marker } from "../gate/marker.ts";
import type { Bundle } from "../judge/bundle.ts";
import { startJudge } from "../judge/index.ts";
import type { Rules } from "../model/bundle.ts";
import type { Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Intent } from "../model/intent.ts";
import { limitsIn } from "../model/limits.ts";
import { memberOf, type Shard } from "../model/shard.ts";
import type { Waiver } from "../model/waiver.ts";
import { openBeat } from "./beat.ts";
import { kinPolicies } from "./kin.ts";
import { type Batch, contentOf, judgedIn, type Outcome, openWork } from "./work.ts";

export interface ThreadData {
  bundle: Bundle;
  rules: Rules;
  waivers?: readonly Waiver[];
  baseline?: BaselineTable | undefined;
  intent?: Intent | undefined;
  asOf: string;
  shared: SharedArrayBuffer;
  shard: Shard | undefined;
}

/** A batch to work on; `apart`: each policy on each token alone, for so many milliseconds, so that the step tells where it stuck. */
export interface Request {
  id: number;
  batch: Batch;
  apart?: number;
}

/** What asking apart has shown: the milliseconds of the policy that took most of them, and the step at which it took longest. */
export interface Apart {
  spent: number;
  step: number;
}

export type Reply = { id: number } & (
  | { outcome: unknown }
  | { failure: { code: string; message: string; remedy: string } | { bug: string } }
);

const { bundle, rules, waivers, baseline, intent, asOf, shard, shared } = workerData as ThreadData;
const beat = openBeat(shared);
const isMine = memberOf(shard);
const read = await rawReader();
let chunk = 0;
// WebAssembly may run code of its own when it is made ready: that too is watched.
beat.step(0);
const judge = startJudge({ bundle, rules }, { onChunk: () => beat.step(chunk++) });
const { policies } = bundle.manifest;
const kin = kinPolicies(bundle.manifest, rules);
const mark = marker({ waivers, baseline }, asOf);
const enriched = enricher({ asOf, intent, tables: bundle.tables, limits: limitsIn(policies, rules) });
const work = openWork({ read, enriched, judge, asOf, policies, isMine, kin, mark, register: intent?.register });
beat.rest();

parentPort?.on("message", ({ id, batch, apart }: Request) => {
  try {
    if (apart === undefined) hand(id, work(batch));
    else parentPort?.postMessage({ id, outcome: judgeApart(batch, apart) } satisfies Reply);
  } catch (error) {
    parentPort?.postMessage({ id, failure: failureOf(error) } satisfies Reply);
  }
  beat.rest();
});

/** What is large changes hands without a copy. */
function hand(id: number, outcome: Outcome): void {
  const { digest, passing, kin } = outcome;
  const large = [digest.lines.buffer, kin.buffer, passing.hashes.buffer, passing.lines.buffer, passing.inputs.buffer];
  parentPort?.postMessage({ id, outcome } satisfies Reply, large);
}

/** A policy that is slow on every token must not make it slow to find: after some time, what was seen until then will do. */
function judgeApart(batch: Batch, budget: number): Apart {
  const began = performance.now();
  const spending = bundle.manifest.policies.map(() => ({ spent: 0, longest: 0, step: -1 }));
  let before = began;
  for (const { step, token, policy } of verdictsOn(batch)) {
    beat.step(step);
    judge.alone(token, policy);
    const now = performance.now();
    note(spending[policy], now - before, step);
    if (now - began > budget) break;
    before = now;
  }
  const [most = { spent: 0, step: -1 }] = spending.sort((one, other) => other.spent - one.spent);
  return { spent: most.spent, step: most.step };
}

function note(on: { spent: number; longest: number; step: number } | undefined, took: number, step: number): void {
  if (!on) return;
  on.spent += took;
  if (took > on.longest) [on.longest, on.step] = [took, step];
}

function* verdictsOn(batch: Batch): Iterable<{ step: number; token: Token; policy: number }> {
  for (const { position, token } of judgedIn(contentOf(batch, read).tokens, batch, { enriched, isMine })) {
    for (const [policy, { id }] of policies.entries()) {
      if (!rules.disabled.includes(id)) yield { step: position * policies.length + policy, token, policy };
    }
  }
}

function failureOf(error: unknown): { code: string; message: string; remedy: string } | { bug: string } {
  if (error instanceof TokenwardError) return { code: error.code, message: error.message, remedy: error.remedy };
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
