import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
export const main = `${repository}dist/cli/main.js`;

export interface Run {
  args: readonly string[];
  cwd: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string | Uint8Array;
  /** Another Node to run the command with. */
  node?: string;
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A hang must fail the test, not the machine; a slow machine must not. */
const KILL_AFTER_MS = 100_000;

/** So many commands at a time: more would only wait for each other. */
const SLOTS = 3;
const waiting: (() => void)[] = [];
let free = SLOTS;

/** Runs the built command as a user would, in an environment that says nothing of the machine. */
export async function run(what: Run): Promise<Outcome> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await runNow(what);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

async function runNow({ args, cwd, env = {}, stdin = "", node = process.execPath }: Run): Promise<Outcome> {
  const child = spawn(node, [main, ...args], { cwd, env: { PATH: process.env.PATH ?? "", ...env }, stdio: "pipe" });
  const timer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject)),
  ]);
  clearTimeout(timer);
  return { code, stdout, stderr };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
