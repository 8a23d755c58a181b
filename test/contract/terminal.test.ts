import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { program } from "../../src/cli/program.ts";
import { main, type Outcome, run } from "../support/command.ts";
import { laidOut, manyTokens, readingTokens, scratchFolder } from "../support/scratch.ts";

const ESCAPE = "\u001b";
const BOX = /[\u2500-\u259f]/u;
const SCRIPT = "/usr/bin/script";
const CLOCK = ["--as-of", "2030-01-01T00:00:00Z"];

/** What makes each command say the most; one that is not here fails the first test. */
const given: Readonly<Record<string, readonly string[]>> = {
  check: CLOCK,
  collect: CLOCK,
  judge: ["inventory.ndjson"],
  report: ["report.json"],
  merge: ["report.json"],
  audit: [...CLOCK, "--dir", "audits"],
  verify: ["evidence"],
  "upload sarif": ["report.json"],
  "upload webhook": ["report.json"],
  diff: ["report.json", "other.json"],
  explain: ["too-old/github/acme/classic-pat/1", ...CLOCK],
  controls: ["report.json"],
  "policy list": [],
  "policy show": ["too-old"],
  "policy new": ["lifetime/contract-ended", "--dir", "policies"],
  "policy check": ["policies"],
  "policy test": ["nowhere"],
  "register sync": ["inventory.ndjson", ...CLOCK, "--dry-run", "--register", "tokens.yaml"],
  "register suggest": ["inventory.ndjson"],
  "register graph": ["inventory.ndjson"],
  "waiver add": [],
  "waiver list": [],
  "providers list": [],
  "providers show": ["github"],
  doctor: [],
  init: [],
  config: ["--show"],
};

const scratch = await scratchFolder();
const commands = leaves(program());
const rows = commands.map((command) => ({ name: nameOf(command), command }));

beforeAll(async () => {
  await laidOut(scratch, { "tokenward.yaml": readingTokens, "tokens.csv": manyTokens(3) });
  await run({ cwd: scratch, args: ["collect", ...CLOCK, "-o", "inventory.ndjson"] });
  await run({ cwd: scratch, args: ["check", ...CLOCK, "-f", "json", "-o", "report.json", "--evidence", "evidence"] });
  await laidOut(scratch, { "tokens.csv": manyTokens(2) });
  await run({ cwd: scratch, args: ["check", ...CLOCK, "-f", "json", "-o", "other.json"] });
});

it("is held for every command there is", () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(given).toSorted());
});

it.each(rows)("$name sends no escape to what is no terminal, and none where NO_COLOR is set", async ({ name }) => {
  const both = await Promise.all([ran(name), ran(name, { NO_COLOR: "1", FORCE_COLOR: "1" })]);

  for (const { code, stdout, stderr } of both) {
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(stdout + stderr).not.toBe("");
    expect([0, 1, 2, 3]).toContain(code);
  }
});

const plain = rows.filter(({ command }) => command.options.some(({ long }) => long === "--plain"));

it("some commands can be told in sentences", () => expect(plain).not.toEqual([]));

it.each(plain)("$name --plain draws nothing", async ({ name }) => {
  const { stdout, stderr } = await ran(name, {}, "--plain");

  expect(stdout + stderr).not.toMatch(BOX);
  expect(stdout + stderr).not.toContain(ESCAPE);
});

const hasScript = existsSync(SCRIPT);
describe.skipIf(!hasScript)(`on a terminal${hasScript ? "" : ` (skipped: there is no ${SCRIPT})`}`, () => {
  const check = ["check", ...CLOCK];

  it("a run is told in place, and nothing of that is left", async () => {
    // The program that is read from ends when the terminal has been told of it, so that there is always time to tell.
    await laidOut(scratch, {
      "wait.sh": "for _ in $(seq 600); do if [ -e seen ]; then exit; fi; sleep 0.1; done\n",
      "waiting.yaml": JSON.stringify({ version: 1, sources: [{ use: "exec", command: ["sh", "wait.sh"] }] }),
    });
    const args = [...check, "-c", "waiting.yaml", "--progress", "always", "-o", "kept.txt", "--quiet"];

    const seen = await onTerminal(args, {}, (text) => {
      if (text.includes("exec")) writeFileSync(join(scratch, "seen"), "");
    });

    expect(seen).toMatch(/^\rexec: 0 tokens/);
    expect(seen).not.toContain(ESCAPE);
    expect(seen.slice(seen.lastIndexOf("\r", seen.length - 2))).toMatch(/^\r +\r$/);
  });

  it.each([
    { what: "comes by itself", env: {}, coloured: true },
    { what: "stays away where NO_COLOR is set", env: { NO_COLOR: "1" }, coloured: false },
    { what: "stays away from a terminal that has none", env: { TERM: "dumb" }, coloured: false },
  ])("colour $what", async ({ env, coloured }) => {
    const seen = await onTerminal(check, env);

    expect(seen.includes(`${ESCAPE}[`)).toBe(coloured);
    expect(seen.includes(ESCAPE)).toBe(coloured);
  });

  it("no line of the table is longer than the screen is wide", async () => {
    const seen = await onTerminal(check, { NO_COLOR: "1", STTY_COLUMNS: "80" });

    expect(seen.split(/[\r\n]/).filter((line) => line.length > 80)).toEqual([]);
  });
});

function ran(name: string, env: Readonly<Record<string, string>> = {}, ...more: string[]): Promise<Outcome> {
  return run({ cwd: scratch, args: [...name.split(" "), ...(given[name] ?? []), ...more], env });
}

/** What a terminal of so many columns is sent. */
function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  watch: (text: string) => void = () => undefined,
): Promise<string> {
  const { STTY_COLUMNS = "100", ...rest } = env;
  const command = `stty cols ${STTY_COLUMNS} -onlcr; exec '${process.execPath}' '${main}' ${args.join(" ")}`;
  const around = { PATH: process.env.PATH ?? "", TERM: "xterm-256color", ...rest };
  return new Promise((resolve) => {
    const child = execFile(SCRIPT, ["-qec", command, "/dev/null"], { cwd: scratch, env: around }, (_, stdout) =>
      resolve(stdout),
    );
    child.stdout?.on("data", (text) => watch(String(text)));
    child.stdin?.end();
  });
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
