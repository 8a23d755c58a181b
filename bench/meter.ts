import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Task } from "./process.ts";

/** What one process used, all its threads together. */
export interface Usage {
  /** Peak resident memory in bytes. */
  rss: number;
  /** Seconds of processor time, user and system, where the meter can tell. */
  processor?: number;
}

/** A way to learn what a process uses. */
export interface Meter {
  id: string;
  /** The task to run instead; `read` is called when it has begun, and what that gives when it has ended. */
  around(task: Task): { task: Task; read: (pid: number | undefined) => () => Usage };
}

/** The best meter that there is here; `note` is a file that it may use. */
export function bestMeter(note: string): Meter {
  if (isGnuTime()) return gnuTime(note);
  return existsSync("/proc/self/status") ? procStatus() : fromInside(note);
}

const TIME = "/usr/bin/time";

/** GNU time asks the kernel when the process has ended: exact and free. */
export function gnuTime(note: string): Meter {
  return {
    id: "GNU time",
    around: (task) => ({
      task: { ...task, command: TIME, args: ["-f", "%M %U %S", "-o", note, task.command, ...task.args] },
      read: () => () => {
        const [kibibytes = Number.NaN, user = 0, system = 0] = taken(note).split(" ").map(Number);
        return { rss: kibibytes * 1024, processor: user + system };
      },
    }),
  };
}

const EVERY_MS = 10;

/** The kernel's own high-water mark, asked again and again because it goes with the process. */
export function procStatus(): Meter {
  return {
    id: "/proc",
    around: (task) => ({
      task,
      read: (pid) => {
        let rss = 0;
        const timer = setInterval(() => {
          const now = highWater(pid);
          if (now === 0) clearInterval(timer);
          rss = Math.max(rss, now);
        }, EVERY_MS);
        return () => {
          clearInterval(timer);
          return { rss };
        };
      },
    }),
  };
}

/** A script that Node loads first writes down at its end what the process used. */
export function fromInside(note: string): Meter {
  const script = fileURLToPath(new URL("./usage.cjs", import.meta.url));
  return {
    id: "Node",
    around: (task) => ({
      task: { ...task, env: { ...task.env, NODE_OPTIONS: `--require "${script}"`, BENCH_USAGE: note } },
      read: () => () => {
        const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(taken(note)) as NodeJS.ResourceUsage;
        return { rss: maxRSS * 1024, processor: (userCPUTime + systemCPUTime) / 1e6 };
      },
    }),
  };
}

function isGnuTime(): boolean {
  try {
    return /\bGNU\b/.test(execFileSync(TIME, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    // None here, or another time: the next meter is asked.
    return false;
  }
}

function highWater(pid: number | undefined): number {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    // It has ended since.
    return 0;
  }
}

function taken(note: string): string {
  const text = readFileSync(note, "utf8").trim();
  rmSync(note);
  return text;
}
