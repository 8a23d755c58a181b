import { setImmediate } from "node:timers/promises";
import type { ReadRaw } from "../collect/index.ts";
import { TokenwardError } from "../model/errors.ts";
import type { ThreadData } from "./thread.ts";
import { type Batch, contentOf, type Outcome, type Work } from "./work.ts";
import { type Colleague, Excess, type Limits, startWorker } from "./worker.ts";

export interface PoolMeans {
  /** Threads at work, this one counted. */
  jobs: number;
  data: Omit<ThreadData, "shared">;
  /** The work as this thread does it. */
  work: Work;
  read: ReadRaw;
  limits: Limits;
  /** Policies that nobody here wrote never run in this thread: nothing could stop them. */
  isForeign: boolean;
}

/** So many batches are worked on here before another thread is worth starting. */
const BATCHES_ALONE = 6;
/** Batches a worker has at hand, so that it need not wait while this thread merges or writes. */
const AT_HAND = 6;
/** Outcomes that may wait for an earlier batch, so that this thread goes on judging while a worker is behind. */
const AHEAD = 16;

/** Threads that work on batches, started when there is enough to do and kept until the pool is closed. */
export interface Pool {
  means: PoolMeans;
  workers: Colleague[];
  close(): Promise<void>;
}

export function openPool(means: PoolMeans): Pool {
  const workers: Colleague[] = [];
  return {
    means,
    workers,
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** The outcome of every batch, in the order of the batches, with as many threads at work as there may be. */
export async function* workedOn<Kind extends { batch: Batch }>(
  items: AsyncIterable<Kind> | Iterable<Kind>,
  { means, workers }: Pool,
): AsyncIterable<{ item: Kind; outcome: Outcome }> {
  const pending: { item: Kind; outcome: Promise<Outcome> }[] = [];
  const most = means.isForeign ? Math.max(1, means.jobs - 1) : means.jobs - 1;
  let seen = 0;
  for await (const item of items) {
    seen += 1;
    const isTime = means.isForeign || seen > BATCHES_ALONE;
    while (isTime && workers.length < most) workers.push(startWorker(means.data, means.limits));
    pending.push({ item, outcome: handOver(item.batch, workers, means) });
    pending.at(-1)?.outcome.catch(() => undefined);
    while (pending.length > mayWait(workers)) yield* first(pending, means);
    if (workers.length > 0) await setImmediate();
  }
  while (pending.length > 0) yield* first(pending, means);
}

/** Outcomes that may wait for an earlier one. */
function mayWait(workers: readonly Colleague[]): number {
  return workers.length === 0 ? 1 : workers.length * AT_HAND + AHEAD;
}

async function* first<Kind>(
  pending: { item: Kind; outcome: Promise<Outcome> }[],
  means: PoolMeans,
): AsyncIterable<{ item: Kind; outcome: Outcome }> {
  const next = pending.shift();
  if (!next) return;
  const outcome = await next.outcome.catch((error: unknown) => explained(error, means));
  yield { item: next.item, outcome };
}

function handOver(batch: Batch, workers: readonly Colleague[], { work, isForeign }: PoolMeans): Promise<Outcome> {
  const [free] = [...workers].sort((one, other) => one.load() - other.load());
  if (free && (isForeign || free.load() < AT_HAND)) return free.ask(batch);
  try {
    return Promise.resolve(work(batch));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Finds the policy and the token that took too much, by asking each alone in a new thread. */
async function explained(error: unknown, { data, limits, read }: PoolMeans): Promise<never> {
  if (!(error instanceof Excess)) throw error;
  const worker = startWorker(data, limits);
  try {
    const found = await worker.probe(error.batch);
    if (!found || (!found.of && error.of === "memory"))
      throw new TokenwardError("WORKER_DIED", { reason: reason(error, limits) });
    const { policies } = data.bundle.manifest;
    const policy = policies[found.step % policies.length]?.id ?? "";
    const token = contentOf(error.batch, read).tokens[Math.floor(found.step / policies.length)]?.id ?? "";
    if (found.of === "memory") throw new TokenwardError("POLICY_MEMORY", { policy, token, megabytes: limits.memory });
    const whose = found.of ? token : `${token} and its neighbours`;
    throw new TokenwardError("POLICY_OVERTIME", { policy, token: whose, seconds: limits.time / 1000 });
  } finally {
    await worker.stop();
  }
}

function reason({ of }: Excess, { time, memory }: Limits): string {
  if (of === "memory") return `a batch of tokens needed more than ${memory} MB`;
  return `a chunk of tokens took longer than ${time / 1000} s, but no policy did by itself`;
}
