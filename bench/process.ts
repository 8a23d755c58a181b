import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Meter, Usage } from "./meter.ts";

/** A whole process to run. */
export interface Task {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Where its standard output goes; without it, nowhere. */
  stdout?: string;
}

export interface Sample {
  /** Seconds from before its start to its end. */
  wall: number;
  /** Known where a meter was asked for. */
  usage?: Usage;
}

/** A process that did not end with 0; what it said is shown to whoever runs the benchmark. */
export class CommandFailed extends Error {
  constructor({ command, args }: Task, end: string, stderr: string) {
    super(`${[command, ...args].join(" ")}\nended with ${end}\n${stderr.trim()}`);
  }
}

/** What the product is measured against, as plain scripts: a compiler's start would count for us. */
export const ONLY_PARSE = fileURLToPath(new URL("./only-parse.mjs", import.meta.url));
export const ONLY_PARSE_YAML = fileURLToPath(new URL("./only-parse-yaml.mjs", import.meta.url));

/** A script of ours or of the product, run by the Node that runs this. */
export function node(args: readonly string[], more: Pick<Task, "cwd" | "stdout"> = {}): Task {
  return { command: process.execPath, args, ...more };
}

/** Runs it to its end. The meter is left out where only time counts: a wrapper costs a millisecond. */
export async function run(task: Task, meter?: Meter): Promise<Sample> {
  const metered = meter?.around(task);
  const output = task.stdout === undefined ? "ignore" : openSync(task.stdout, "w");
  try {
    const begin = process.hrtime.bigint();
    const child = start(metered?.task ?? task, output);
    let wall = 0;
    let stderr = "";
    child.on("exit", () => {
      wall = Number(process.hrtime.bigint() - begin) / 1e9;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-20_000);
    });
    const usage = metered?.read(child.pid);
    const [code, signal] = await ended(child);
    if (code !== 0) throw new CommandFailed(task, String(signal ?? code), stderr);
    return usage ? { wall, usage: usage() } : { wall };
  } finally {
    if (typeof output === "number") closeSync(output);
  }
}

let running: ChildProcess | undefined;

/** Ends what is being measured, the meter around it and the process itself. */
export function stop(): void {
  if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
  if (process.platform === "win32") running.kill();
  else process.kill(-running.pid, "SIGKILL");
}

/** In a group of its own, so that all of it can be stopped. */
function start({ command, args, cwd, env }: Task, output: "ignore" | number): ChildProcess {
  const stdio = ["ignore", output, "pipe"] as const;
  running = spawn(command, args, { cwd, env: { ...plainEnvironment(), ...env }, stdio: [...stdio], detached: true });
  return running;
}

function ended(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve([code, signal]));
  });
}

/** What npm, tsx or a CI system set must not change what is measured. */
function plainEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:node|npm|tsx|tokenward|github)_/i.test(name));
  return Object.fromEntries(kept);
}
