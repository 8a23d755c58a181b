import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readdir, readFile, readlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { ndjson } from "../../bench/tokens.ts";
import { findOpa } from "../../src/judge/opa.ts";
import type { Report } from "../../src/model/documents.gen.ts";
import { policySource } from "../judge/policies.ts";
import { main, type Outcome, run } from "../support/command.ts";
import { laidOut, manyTokens, readingTokens, scratchFolder } from "../support/scratch.ts";

/** Each of these runs ends by itself: what hangs is killed by the harness, and has no exit code. */
const KILL_AFTER_MS = 100_000;
const scratch = await scratchFolder();
const instant = ["--as-of", "2030-01-01T00:00:00Z"];
const always = [...instant, "--no-config", "--fail-on", "never", "-f", "json"];
/** Enough that other threads are at work. */
const records = [...ndjson(5_000)].join("");

let inventory: string;
beforeAll(async () => {
  await writeFile(join(scratch, "records.ndjson"), records);
  const sources = "version: 1\nsources:\n  - use: file\n    path: records.ndjson\n";
  await writeFile(join(scratch, "tokenward.yaml"), sources);
  const collected = await run({ cwd: scratch, args: ["collect", ...instant, "-o", "inventory.ndjson"] });
  expect(collected.code).toBe(0);
  inventory = await readFile(join(scratch, "inventory.ndjson"), "utf8");
});

interface Child {
  args: readonly string[];
  /** What happens while it runs. */
  meanwhile: (child: ReturnType<typeof spawn>) => Promise<unknown>;
}

/** Runs the command and does something to it. */
async function disturbed({ args, meanwhile }: Child): Promise<Outcome> {
  const env = { PATH: process.env.PATH ?? "" };
  const child = spawn(process.execPath, [main, ...args], { cwd: scratch, env, stdio: "pipe" });
  const timer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  const told = heard(child);
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await meanwhile(child);
  const code = await ended;
  clearTimeout(timer);
  return { code, ...told() };
}

/** What a child has said so far, each time it is asked for. */
function heard({ stdout, stderr }: ReturnType<typeof spawn>): () => Omit<Outcome, "code"> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  stdout?.on("data", (chunk: Buffer) => out.push(chunk));
  stderr?.on("data", (chunk: Buffer) => err.push(chunk));
  return () => ({ stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
}

/** Resolves once the child has read so much of its standard input that hardly any is left on the way. */
function fed(child: ReturnType<typeof spawn>, text: string): Promise<void> {
  return new Promise((resolve) => void child.stdin?.write(text, () => resolve()));
}

const reportIn = (stdout: string) => JSON.parse(stdout) as Report;
const details = ({ coverage }: Report) => coverage.map(({ detail = "" }) => detail).join("\n");

describe("a run that is stopped", () => {
  it.each([
    { signal: "SIGINT", jobs: "1" },
    { signal: "SIGINT", jobs: "2" },
    { signal: "SIGTERM", jobs: "2" },
  ] as const)(
    "by $signal with $jobs threads at work tells what it has, marked incomplete, and ends with 3",
    async (one) => {
      const { signal, jobs } = one;
      const { code, stdout, stderr } = await disturbed({
        args: ["judge", "-", "--jobs", jobs, ...always],
        meanwhile: async (child) => {
          await fed(child, records);
          child.kill(signal);
        },
      });

      expect(code, stderr).toBe(3);
      const report = reportIn(stdout);
      expect(report.gate).toMatchObject({ incomplete: true, exit_code: 3 });
      expect(details(report)).toContain(`the run was stopped by ${signal} before everything was read`);
      expect(report.summary.tokens).toBeGreaterThan(3_000);
      expect(report.summary.tokens).toBeLessThanOrEqual(5_000);
    },
  );
});

describe("an inventory", () => {
  it.each([
    { what: "between two lines", cut: (text: string) => text.slice(0, text.lastIndexOf("\n", text.length / 2) + 1) },
    { what: "within a line", cut: (text: string) => text.slice(0, text.lastIndexOf('"owner"')) },
    { what: "before its end line", cut: (text: string) => text.slice(0, text.indexOf('{"end"')) },
  ])("that was cut off $what is incomplete, whatever the number of threads", async ({ what, cut }) => {
    const name = `${what.replaceAll(" ", "-")}.ndjson`;
    await writeFile(join(scratch, name), cut(inventory));

    const outcomes = await Promise.all(
      ["1", "3"].map((jobs) => run({ cwd: scratch, args: ["judge", name, "-j", jobs, ...always] })),
    );

    expect(outcomes.map(({ code }) => code)).toEqual([3, 3]);
    expect(outcomes[1]?.stdout === outcomes[0]?.stdout).toBe(true);
    expect(details(reportIn(outcomes[0]?.stdout ?? ""))).toMatch(
      /cut off: after [\d,]+ tokens its end line is missing/,
    );
  });

  const isKnown = existsSync("/proc/self/fdinfo");
  it.skipIf(!isKnown).each([
    {
      what: "is cut off",
      change: (file: string) => truncate(file, inventory.length - 2_000),
      told: /cut off|its end line is missing/,
    },
    {
      what: "is emptied",
      change: (file: string) => truncate(file, 0),
      told: /cut off|no line of an inventory|not valid/,
    },
    { what: "gets another record", change: overwritten, told: /changed after it was written: its SHA-256/ },
  ])(`that $what while it is read is incomplete${isKnown ? "" : " (skipped: /proc is not there)"}`, async (one) => {
    const name = `${one.what.replaceAll(" ", "-")}.ndjson`;
    const file = join(scratch, name);
    await writeFile(file, inventory);

    const { code, stdout, stderr } = await disturbed({
      args: ["judge", name, "--jobs", "2", ...always],
      meanwhile: async (child) => {
        await beingRead(child.pid ?? 0, file);
        await one.change(file);
      },
    });

    expect(code, stderr).toBe(3);
    expect(details(reportIn(stdout))).toMatch(one.told);
  });
});

/** Changes one value near the end, and no length. */
async function overwritten(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.write("Token", inventory.lastIndexOf('"token 4') + 1, "utf8");
  await handle.close();
}

/** The command looks at less than this before it reads. */
const READING = 262_144;

/** Waits until a process has begun to read a file, and has not come far. */
async function beingRead(pid: number, file: string): Promise<void> {
  for (;;) {
    const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of fds) {
      if ((await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")) !== file) continue;
      const info = await readFile(`/proc/${pid}/fdinfo/${fd}`, "utf8").catch(() => "");
      if (Number(/^pos:\s*(\d+)/.exec(info)?.[1] ?? 0) >= READING) return;
    }
    await sleep(1);
  }
}

describe("a disk that takes no more", () => {
  beforeAll(() =>
    laidOut(join(scratch, "large"), { "tokenward.yaml": readingTokens, "tokens.csv": manyTokens(8_000) }),
  );

  /** Runs the command under a shell that says how large a file may be. */
  function limited(limit: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const script = `${limit} exec "${process.execPath}" "${main}" check ${instant.join(" ")} -f ndjson --jobs 2`;
    const child = spawn("sh", ["-c", script], {
      cwd: join(scratch, "large"),
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: KILL_AFTER_MS,
    });
    const told = heard(child);
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...told() })));
  }

  it.each([
    {
      what: "under findings that do not fit into memory",
      limit: "ulimit -f 2000;",
      env: {},
      told: /larger than one may be/,
    },
    { what: "as there is no folder for them", limit: "", env: { TMPDIR: "/nowhere" }, told: /no such file or folder/ },
  ])("$what ends with 2 and says so", async ({ limit, env, told }) => {
    const { code, stdout, stderr } = await limited(limit, env);

    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: what does not fit into memory cannot be kept on disk: .*\n.* \[SPOOL_FAILED\]\n$/);
    expect(stderr).toMatch(told);
  });

  it("is not needed twice: findings that were kept on disk are the same, and nothing stays there", async () => {
    const env = { TMPDIR: await laidOut(join(scratch, "tmp"), {}) };

    const { code, stdout, stderr } = await limited("", env);

    expect(code, stderr).toBe(1);
    expect(stdout.length).toBeGreaterThan(17_000_000);
    expect(await readdir(env.TMPDIR)).toEqual([]);
  });
});

it("standard output that is read to its first line only does not hold a run on several threads", async () => {
  const { code } = await disturbed({
    args: ["judge", "records.ndjson", "--jobs", "2", ...instant, "--no-config", "-f", "ndjson"],
    meanwhile: async (child) => {
      await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
      child.stdout?.destroy();
    },
  });

  expect(code).toBe(1);
});

it("a worker that dies of what policies yield together ends the run with 2", async () => {
  const rules = `fail contains {"big": "${"x".repeat(40_000)}"}`;
  const files = ["heavy/one", "heavy/two"].map((place) => [`own/${place}.rego`, policySource(place, { rules })]);
  const lines = Array.from({ length: 6_000 }, (_, index) => `{"kind":"a/b","account":"c","native_id":"${index}"}\n`);
  const cwd = await laidOut(join(scratch, "heavy"), {
    "tokenward.yaml": "version: 1\npolicies:\n  paths: [own]\n",
    "tokens.ndjson": lines.join(""),
    ...Object.fromEntries(files),
  });
  const { path: opa } = await findOpa(process.env);

  const { code, stdout, stderr } = await run({
    cwd,
    args: ["judge", "tokens.ndjson", ...instant, "--jobs", "2"],
    env: { TOKENWARD_CACHE: join(cwd, "cache"), TOKENWARD_OPA: opa },
  });

  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
  // Time and memory are used up together; whichever ends first, no shipped policy is to blame.
  expect(stderr).toMatch(/^error: (?:a worker thread died: a (?:batch|chunk) of tokens|policy (?:one|two) ).*\n.*\n$/);
});
