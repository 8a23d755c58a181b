import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { TokenwardError } from "../../model/errors.ts";
import { isSystemError, reasonOf } from "../../model/system-error.ts";
import { keepTail } from "./tail.ts";

export interface ProgramMeans {
  /** What people call it. */
  name: string;
  command: readonly [string, ...string[]];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Never to be read in what it says. */
  secrets: readonly string[];
  timeout: { text: string; seconds: number };
  /** Bytes. */
  most: number;
  signal: AbortSignal | undefined;
}

/** A program at work. */
export interface Program {
  /** What it prints, no faster than it is read; ends where the program does or has to. */
  output(): AsyncIterable<Uint8Array>;
  /** Once the output has ended: why it is not whole. */
  failure(): Promise<TokenwardError | undefined>;
  /** Ends it with all that it started, if it still runs. */
  end(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Between being asked to end and being killed. */
const GRACE_MS = 2_000;
/** For what was said last and is still in the pipe; what left the group may hold it open. */
const LAST_WORDS_MS = 500;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Starts a program in a process group of its own, so that what it starts ends with it. */
export async function startProgram(means: ProgramMeans): Promise<Program> {
  const { name: command, timeout, most, signal, secrets } = means;
  const child = await spawned(means);
  const tail = keepTail(child.stderr, secrets);
  const [exited, closed] = [onceEnded(child, "exit"), onceEnded(child, "close")];
  let cause: TokenwardError | undefined;

  const stop = (why: TokenwardError): void => {
    cause ??= why;
    child.stdout.destroy();
    void end(child, exited);
  };
  const stopped = (): void => stop(new TokenwardError("RUN_STOPPED", { by: String(signal?.reason) }));
  const overtime = (): void => stop(new TokenwardError("EXEC_OVERTIME", { command, timeout: timeout.text }));
  const timer = setTimeout(overtime, Math.min(timeout.seconds * 1_000, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", stopped, { once: true });
  if (signal?.aborted) stopped();

  return {
    async *output() {
      try {
        yield* limited(child.stdout, most, () => stop(new TokenwardError("EXEC_OVERSIZE", { command, limit: most })));
      } catch (error) {
        // A stream that we closed complains of it.
        if (!cause) throw error;
      }
    },
    async failure() {
      const [code, by] = await exited;
      await atMost(LAST_WORDS_MS, closed);
      if (cause || code === 0) return cause;
      const how = by ? `was ended by ${by}` : `ended with exit code ${code}`;
      return new TokenwardError("EXEC_FAILED", { command, how, said: tail() });
    },
    async end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopped);
      await end(child, exited);
    },
  };
}

/** So many bytes and no more; whoever is asked to stop has been told of the rest. */
async function* limited(output: Readable, most: number, stop: () => void): AsyncIterable<Uint8Array> {
  let left = most;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    if (chunk.length > left) stop();
    yield chunk.subarray(0, left);
    left -= Math.min(left, chunk.length);
  }
}

async function spawned({ name: command, command: [program, ...args], cwd, env }: ProgramMeans): Promise<Child> {
  const folder = await stat(cwd).catch(() => undefined);
  if (!folder?.isDirectory()) throw new TokenwardError("EXEC_NOT_STARTED", { command, reason: `${cwd} is no folder` });
  try {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    await once(child, "spawn");
    // Later ones are about signals to what has ended meanwhile.
    child.on("error", () => undefined);
    return child;
  } catch (cause) {
    const isMissing = isSystemError(cause) && cause.code === "ENOENT";
    const reason = isMissing ? `there is no program ${program}` : reasonOf(cause);
    throw new TokenwardError("EXEC_NOT_STARTED", { command, reason }, { cause });
  }
}

function onceEnded(child: Child, event: "exit" | "close"): Promise<[code: number | null, by: NodeJS.Signals | null]> {
  return new Promise((resolve) => child.once(event, (code, by) => resolve([code, by])));
}

/** Asks the whole group to end, and after a while does not ask. */
async function end(child: Child, exited: Promise<unknown>): Promise<void> {
  toGroup(child, "SIGTERM");
  await atMost(GRACE_MS, exited);
  toGroup(child, "SIGKILL");
}

function toGroup({ pid }: Child, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    // Nobody is left in it.
    if (!isSystemError(error)) throw error;
  }
}

async function atMost(milliseconds: number, event: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const limit = delay(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([event, limit]);
  waiting.abort();
}
