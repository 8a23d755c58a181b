import { Worker } from "node:worker_threads";
import { TokenwardError } from "../model/errors.ts";
import { openBeat } from "./beat.ts";
import type { Reply, Request, ThreadData } from "./thread.ts";
import type { Batch, Outcome } from "./work.ts";

/** A thread as the pool sees it. */
export interface Colleague {
  /** Batches handed over and not yet answered. */
  load(): number;
  ask(batch: Batch): Promise<Outcome>;
  /** Asks for single verdicts; where one takes too long, the step it is at. */
  probe(batch: Batch): Promise<{ stuckAt: number } | undefined>;
  stop(): Promise<void>;
}

export interface Limits {
  /** Milliseconds that one chunk may take. */
  time: number;
  /** Megabytes of JavaScript heap. */
  memory: number;
}

/** A chunk took longer than it may: the thread was ended, and somebody has to find out why. */
export class Overtime extends Error {
  readonly batch: Batch;

  constructor(batch: Batch) {
    super("a chunk took longer than it may");
    this.batch = batch;
  }
}

const WATCH_EVERY = 100;
/** In a checkout that is tested from its sources, threads run what was built. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "../../dist/run/thread.js" : "./thread.js", import.meta.url);

export function startWorker(data: Omit<ThreadData, "shared">, limits: Limits): Colleague {
  const beat = openBeat();
  const worker = new Worker(THREAD, {
    workerData: { ...data, shared: beat.shared } satisfies ThreadData,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
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
    if (first) abandon(new Overtime(first.batch));
  });
  worker.on("message", (reply: Reply) => {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("outcome" in reply) one?.resolve(reply.outcome as never);
    else one?.reject(errorOf(reply.failure));
  });
  worker.on("error", (error: NodeJS.ErrnoException) => abandon(deathOf(error, limits)));
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
      const step = () => beat.read().step;
      try {
        await post({ batch, apart: true });
        return undefined;
      } catch (error) {
        if (error instanceof Overtime) return { stuckAt: step() };
        throw error;
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
    else if (now - since > limit) onOvertime();
  }, WATCH_EVERY);
  return timer.unref();
}

function errorOf(failure: Extract<Reply, { failure: unknown }>["failure"]): Error {
  return "bug" in failure ? new Error(failure.bug) : TokenwardError.revive(failure);
}

function deathOf(error: NodeJS.ErrnoException, { memory }: Limits): unknown {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  return new TokenwardError("WORKER_DIED", { reason: `its policies needed more than ${memory} MB` }, { cause: error });
}
