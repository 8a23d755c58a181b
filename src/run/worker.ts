import { Worker } from "node:worker_threads";
import { TokenwardError } from "../model/errors.ts";
import { openBeat } from "./beat.ts";
import type { Apart, Reply, Request, ThreadData } from "./thread.ts";
import type { Batch, Outcome } from "./work.ts";

/** A thread as the pool sees it. */
export interface Colleague {
  /** Batches handed over and not yet answered. */
  load(): number;
  ask(batch: Batch): Promise<Outcome>;
  /** Asks for single verdicts, and tells the step that takes too much (`of`), else that of the policy that is slow on many tokens. */
  probe(batch: Batch): Promise<{ step: number; of?: Excess["of"] } | undefined>;
  stop(): Promise<void>;
}

export interface Limits {
  /** Milliseconds that one chunk may take. */
  time: number;
  /** Megabytes of JavaScript heap. */
  memory: number;
}

/** A batch took more time or memory than it may: the thread has ended, and somebody has to find out why. */
export class Excess extends Error {
  readonly batch: Batch;
  readonly of: "time" | "memory";

  constructor(batch: Batch, of: Excess["of"]) {
    super(`a batch took more ${of} than it may`);
    this.batch = batch;
    this.of = of;
  }
}

const WATCH_EVERY = 100;
/** Looking for who took too long may take so many times as long as a chunk. */
const PROBE = 5;
/** Starting may take so many times as long: all that a thread needs is read and compiled then. */
const START = 10;
/** A policy that takes this part of what a chunk may take is why chunks take longer; others are slow by chance. */
const SLOW = 0.25;
/** Also in a checkout that is tested from its sources, threads run what was built. */
const THREAD = new URL("../../dist/run/thread.js", import.meta.url);

export function startWorker(data: Omit<ThreadData, "shared">, limits: Limits): Colleague {
  const beat = openBeat();
  const worker = new Worker(THREAD, {
    workerData: { ...data, shared: beat.shared } satisfies ThreadData,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
    // Else what foreign code prints would come out as if we had.
    ...(data.bundle.isForeign ? { stdout: true, stderr: true } : {}),
  });
  const waiting = new Map<
    number,
    { batch: Batch; resolve: (outcome: never) => void; reject: (error: unknown) => void }
  >();
  let asked = 0;
  let stopped: unknown;

  const abandon = (error: unknown): void => {
    stopped ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    clearInterval(watch);
    void worker.terminate();
  };
  const watch = watching(beat, limits.time, () => {
    const [first] = waiting.values();
    if (first) abandon(new Excess(first.batch, "time"));
  });
  worker.on("message", (reply: Reply) => {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("outcome" in reply) one?.resolve(reply.outcome as never);
    else one?.reject(errorOf(reply.failure));
  });
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const [first] = waiting.values();
    const isFull = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    abandon(isFull && first ? new Excess(first.batch, "memory") : error);
  });
  worker.on("exit", (code) => abandon(new TokenwardError("WORKER_DIED", { reason: `it ended with ${code}` })));

  const post = (request: Omit<Request, "id">): Promise<Outcome> => {
    if (stopped) return Promise.reject(stopped);
    const id = asked++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { batch: request.batch, resolve, reject });
      worker.postMessage({ id, ...request } satisfies Request);
    });
  };

  return {
    load: () => waiting.size,
    ask: (batch) => post({ batch }),
    async probe(batch) {
      try {
        const { step, spent } = (await post({ batch, apart: limits.time * PROBE })) as unknown as Apart;
        return spent > limits.time * SLOW ? { step } : undefined;
      } catch (error) {
        if (!(error instanceof Excess)) throw error;
        const { step } = beat.read();
        return step < 0 ? undefined : { step, of: error.of };
      }
    },
    async stop() {
      stopped ??= new Error("the pool was closed");
      clearInterval(watch);
      await worker.terminate();
    },
  };
}

/** Calls back once when one step lasts too long. */
function watching(beat: ReturnType<typeof openBeat>, limit: number, onOvertime: () => void): NodeJS.Timeout {
  let [last, since] = [-1, performance.now()];
  const timer = setInterval(() => {
    const { step, begun } = beat.read();
    const now = performance.now();
    if (begun !== last || step < 0) [last, since] = [begun, now];
    else if (now - since > (begun === 1 ? limit * START : limit)) onOvertime();
  }, WATCH_EVERY);
  return timer.unref();
}

function errorOf(failure: Extract<Reply, { failure: unknown }>["failure"]): Error {
  return "bug" in failure ? new Error(failure.bug) : TokenwardError.revive(failure);
}
