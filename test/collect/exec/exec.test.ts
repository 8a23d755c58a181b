import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ExecSource } from "../../../src/collect/exec/source.ts";
import { collect, type Means } from "../../../src/collect/index.ts";
import { laidOut, scratchFolder } from "../../support/scratch.ts";
import { offline } from "../../support/world.ts";
import { gather, type Told } from "../file/reading.ts";

const root = await scratchFolder();
const SECRET = `canary-${"plain".repeat(3)}/1`;
const record = (native: string) => `{"kind":"npm/token","account":"acme","native_id":"${native}"}`;
const line = (native: string) => `${record(native)}\n`;

/** What a run makes of a program, given as JavaScript. */
function telling(script: string, over: Partial<ExecSource> = {}, means: Partial<Means> = {}): Promise<Told> {
  const env = { PATH: process.env.PATH, HOME: "/home/mona", LANG: "C", OTHER: "not passed on", ...means.env };
  const source = { use: "exec" as const, command: [process.execPath, "-e", script], ...over };
  const all = { ...offline, cwd: root, stdin: async function* () {}, ...means, env };
  return gather(collect([{ source, root }], all));
}

const printing = (text: string) => `process.stdout.write(${JSON.stringify(text)});`;
const saying = (text: string) => `process.stderr.write(${JSON.stringify(text)});`;

/** A program that prints a record, does something, and goes on; a shell starts soon enough on a busy machine too. */
function lasting(then: string): Partial<ExecSource> {
  const script = `echo '${record("a")}'; ${then}; while :; do sleep 1; done`.replace("; ;", ";");
  return { command: ["sh", "-c", script], timeout: "3s" };
}

describe.concurrent("a program that does not do what it should leaves a gap, and what was read until then", () => {
  it.each<{ what: string; script: string; over?: Partial<ExecSource>; items: number; detail: RegExp }>([
    {
      what: "fails",
      script: `${printing(line("a"))}process.exitCode = 3`,
      items: 1,
      detail: /exit code 3 and said not/,
    },
    {
      what: "fails with a reason",
      script: `${saying("no route\n")}process.exitCode = 1`,
      items: 0,
      detail: /ended with exit code 1; it said: no route$/,
    },
    {
      what: "is killed",
      script: `process.stdout.write(${JSON.stringify(line("a"))}, () => process.kill(process.pid, "SIGKILL"))`,
      items: 1,
      detail: /was ended by SIGKILL and said nothing/,
    },
    {
      what: "never ends",
      script: "",
      over: lasting(""),
      items: 1,
      detail: /did not end within 3s/,
    },
    {
      what: "closes its output and never ends",
      script: "",
      over: lasting("exec >&-"),
      items: 1,
      detail: /did not end within 3s/,
    },
    {
      what: "will not end when it is asked to",
      script: "",
      over: lasting("trap '' TERM"),
      items: 1,
      detail: /did not end within 3s/,
    },
    {
      what: "prints too much",
      script: `for (;;) require("fs").writeSync(1, ${JSON.stringify(line("a"))})`,
      over: { max_bytes: record("a").length + 5 },
      items: 1,
      detail: /printed more than \d+ bytes/,
    },
    {
      what: "is cut off in its last line",
      script: printing(line("a") + record("b")),
      items: 1,
      detail: /the last line of .* has no end/,
    },
    { what: "is cut off in its only line", script: printing(record("b")), items: 0, detail: /has no end/ },
  ])("where it $what", async ({ script, over = {}, items, detail }) => {
    const { tokens, coverage } = await telling(script, over);

    expect(tokens).toHaveLength(items);
    expect(coverage).toMatchObject([
      { source: "exec", outcome: "failed", items, detail: expect.stringMatching(detail) },
    ]);
    expect(coverage[0]).toHaveProperty("remedy");
  });

  it.each([
    { what: "a program that is not there", over: { command: ["./gone"] }, says: "there is no program ./gone" },
    { what: "a file that may not be executed", over: { command: ["./plain.txt"] }, says: "permission denied" },
    { what: "a folder that is not there", over: { cwd: "gone" }, says: `${join(root, "gone")} is no folder` },
    { what: "an argument that no program can get", over: { command: ["sh", "a\0b"] }, says: "without null bytes" },
    {
      what: "variables that are not set",
      over: { env: ["ONE", "TWO"] },
      says: "no credential for exec: ONE, TWO is not set",
    },
  ])("where it cannot start: $what", async ({ over, says }) => {
    await laidOut(root, { "plain.txt": "echo" });

    const { tokens, coverage } = await telling("", over as Partial<ExecSource>);

    expect(tokens).toEqual([]);
    expect(coverage).toMatchObject([{ outcome: "failed", items: 0, detail: expect.stringContaining(says) }]);
  });

  it("tells a bad line with its number, its field and the command, and reads the others", async () => {
    const bad = '{"kind":"npm/token","account":"acme","native_id":"b","status":"lost"}\n';

    const { tokens, coverage } = await telling(printing(`${line("a")}${bad}no json\n${line("c")}`));

    expect(tokens.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(coverage).toMatchObject([
      {
        subject: process.execPath,
        outcome: "failed",
        detail: expect.stringMatching(/^line 2, column \d+: .*status is "lost"/),
      },
      { outcome: "failed", detail: expect.stringMatching(/^line 3, column 1: .*NDJSON/) },
      { outcome: "read", items: 2 },
    ]);
    expect(coverage[0]).not.toHaveProperty("location");
  });

  it("counts bad lines past a thousand", async () => {
    const { coverage } = await telling(`for (let i = 0; i < 1005; i++) console.log("{}")`);

    expect(coverage).toHaveLength(1_001);
    expect(coverage.at(-1)?.detail).toContain("5 more");
  });
});

describe("a program that does what it should", () => {
  it("gives its tokens, which stand in no file", async () => {
    const { tokens, coverage } = await telling(`${printing(line("a") + line("b"))}${saying("working\n")}`);

    expect(tokens).toMatchObject([{ id: "npm/acme/token/a" }, { id: "npm/acme/token/b" }]);
    expect(tokens[0]).not.toHaveProperty("location");
    expect(coverage).toEqual([{ source: "exec", subject: process.execPath, outcome: "read", items: 2 }]);
  });

  it("may have nothing to tell", async () => {
    expect((await telling("")).coverage).toMatchObject([{ outcome: "empty", items: 0 }]);
  });

  it("gets the variables that are named beside three that all need, and no other, and no input", async () => {
    const env = { GIVEN: "yes", PATH: process.env.PATH };
    const script = `${printing(line("a"))}
      console.error(Object.keys(process.env).filter((name) => name !== "__CF_USER_TEXT_ENCODING").sort().join(" "));
      console.error(require("fs").readFileSync(0, "utf8") === "" ? "no input" : "input");
      process.exitCode = 1`;

    const { coverage } = await telling(script, { env: ["GIVEN"] }, { env });

    expect(coverage[0]?.detail).toMatch(/it said: GIVEN HOME LANG PATH\nno input$/);
  });

  it("runs in the folder that is named, counted from the configuration's, without a shell", async () => {
    await laidOut(join(root, "there"), { "list.sh": `#!/bin/sh\necho "$1" >&2\nexit 1\n` });
    await chmod(join(root, "there/list.sh"), 0o755);

    const { coverage } = await telling("", { command: ["./list.sh", "$HOME; *"], cwd: "there" });

    expect(coverage).toMatchObject([
      { subject: "./list.sh $HOME; *", detail: expect.stringMatching(/it said: \$HOME; \*$/) },
    ]);
  });

  it("is told no faster than it is read, however much it prints", async () => {
    const script = `const line = ${JSON.stringify(record("x").replace("x", "N"))};
      for (let i = 0; i < 20000; i++) require("fs").writeSync(1, line.replace("N", i) + "\\n")`;

    const { tokens, coverage } = await telling(script);

    expect(tokens).toHaveLength(20_000);
    expect(coverage).toMatchObject([{ outcome: "read", items: 20_000 }]);
  });
});

describe("secrets and words of a program", () => {
  it.each([
    { form: "as it is", spelt: SECRET },
    { form: "URL-encoded", spelt: encodeURIComponent(SECRET) },
    { form: "in base64", spelt: Buffer.from(SECRET).toString("base64") },
    { form: "cut by the limit", spelt: SECRET, before: "x".repeat(5_000), after: `\n${"y".repeat(4_090)}` },
  ])("are masked $form in what it says", async ({ spelt, before = "", after = "" }) => {
    const script = `${saying(`${before} key=${spelt}${after}`)}process.exitCode = 1`;

    const { coverage } = await telling(script, { env: ["KEY"] }, { env: { KEY: SECRET } });

    expect(JSON.stringify(coverage)).not.toMatch(/canary|plain|Y2FuYXJ5|\/1/);
    expect(coverage[0]?.detail).toMatch(before ? /it said: …/ : /key=\*\*\*/);
  });

  it("are kept to the last 4 KB, which are the reason for most failures", async () => {
    const { coverage } = await telling(`${saying("x ".repeat(50_000))}${saying("the reason")}process.exitCode = 1`);

    expect(coverage[0]?.detail).toMatch(/said: … .* the reason$/);
    expect(coverage[0]?.detail?.length).toBeLessThan(4_400);
  });

  it("stay out of the name of the command, where they stand behind an option", async () => {
    const { coverage } = await telling("", { command: ["false", "words", "--password", "hunter2"] });

    expect(coverage).toMatchObject([{ subject: "false words" }]);
    expect(JSON.stringify(coverage)).not.toContain("hunter2");
  });
});

describe.concurrent("what a program started", () => {
  const parent = (name: string) => `
    const child = require("child_process").spawn("sleep", ["1000"], { stdio: "ignore" });
    require("fs").writeFileSync(${JSON.stringify(name)}, String(child.pid));
    ${printing(line("a"))}`;

  it.each([
    { when: "it took too long", pid: "long.pid", rest: "", over: lasting("sleep 1000 & echo $! >long.pid") },
    { when: "it failed", pid: "failed.pid", rest: "child.unref(); process.exitCode = 1", over: {} },
    { when: "it is done", pid: "done.pid", rest: "child.unref()", over: {} },
  ])("ends with it when $when", async ({ pid, rest, over }) => {
    await telling(parent(pid) + rest, over);

    await expect(isGone(pid)).resolves.toBe(true);
  });

  it("ends when nobody reads on", async () => {
    // More than is read at a time.
    const much = `for (let i = 0; i < 5000; i++) console.log(${JSON.stringify(record("N"))}.replace("N", i));`;
    const script = `${parent("left.pid")}${much}setInterval(() => {}, 1000)`;
    const source = { use: "exec" as const, command: [process.execPath, "-e", script] };
    const env = { PATH: process.env.PATH };
    const items = collect([{ source, root }], { ...offline, cwd: root, env, stdin: async function* () {} });
    for await (const item of items) if ("token" in item) break;

    await expect(isGone("left.pid")).resolves.toBe(true);
  });

  it("ends when the run is stopped", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const told = telling(`${parent("stopped.pid")}setInterval(() => {}, 1000)`, {}, { signal });
    await until(() => readFile(join(root, "stopped.pid"), "utf8"));
    controller.abort("SIGINT");

    expect((await told).coverage).toMatchObject([
      { outcome: "failed", detail: expect.stringContaining("stopped by SIGINT") },
    ]);
    await expect(isGone("stopped.pid")).resolves.toBe(true);
  });
});

/** Whether a process ends within some seconds; one that has ended and was not yet waited for has ended. */
async function isGone(file: string): Promise<boolean> {
  const pid = Number(await readFile(join(root, file), "utf8"));
  for (let tries = 0; tries < 100; tries += 1) {
    const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    if (state === "" || / Z /.test(state)) return true;
    await sleep(50);
  }
  return false;
}

async function until<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    const found = await ask().catch(() => undefined);
    if (found) return found;
    await sleep(20);
  }
}
