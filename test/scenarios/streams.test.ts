import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { main, run } from "../support/command.ts";
import { laidOut, manyTokens, readingTokens, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const instant = ["--as-of", "2030-01-01T00:00:00Z"];

beforeAll(async () => {
  await laidOut(scratch, { "tokenward.yaml": readingTokens, "tokens.csv": manyTokens(3_000) });
  await run({ cwd: scratch, args: ["check", ...instant, "-o", "table.txt", "--report", "json=big.json"] });
});

/** What a shell makes of a line in which `$T` is the command. */
function shell(line: string): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH ?? "", NODE: process.execPath, MAIN: main };
  return new Promise((resolve) => {
    const script = `T() { "$NODE" "$MAIN" "$@"; echo "exit $?" >&2; }; ${line}`;
    execFile("sh", ["-c", script], { cwd: scratch, env }, (_, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

describe("standard output", () => {
  it.each([
    { what: "a table", args: "report big.json", first: /^tokenward .*: as of/ },
    { what: "a report larger than any pipe", args: "report big.json --format json", first: /^\{$/ },
    { what: "an inventory", args: `collect ${instant.join(" ")}`, first: /^\{"header":/, exit: 0 },
  ])("that is read to its first line only ends $what quietly, with the run's own exit code", async (given) => {
    const { stdout, stderr } = await shell(`T ${given.args} | head -n 1`);

    expect(stdout.trimEnd()).toMatch(given.first);
    expect(stderr).toBe(`${given.exit === 0 ? "collected 3000 tokens\n" : ""}exit ${given.exit ?? 1}\n`);
  });

  it("that is read slowly takes all, and nobody warns of anything", async () => {
    const { stdout, stderr } = await shell("T report big.json --format ndjson | { sleep 1; wc -l; }");

    expect(stderr).toBe("exit 1\n");
    expect(Number(stdout)).toBeGreaterThan(3_000);
  });

  it("that is closed is no crash", async () => {
    const { stderr } = await shell("T report big.json >&-");

    expect(stderr).toBe("exit 1\n");
  });

  it("and standard error that are both closed are no crash", async () => {
    await shell('("$NODE" "$MAIN" report big.json >&- 2>&-; echo "exit $?" > both.txt)');

    expect(await readFile(join(scratch, "both.txt"), "utf8")).toBe("exit 1\n");
  });
});

describe("a file that cannot be written", () => {
  it.each([
    { where: "below a file", target: "tokens.csv/report.json", reason: "a part of its path is no folder" },
    { where: "where a folder is", target: ".", reason: "it is a folder|something of that name is there already" },
    {
      where: "in a folder that nobody may write to",
      target: "/sys/report.json",
      reason: "there is no such file or folder|permission denied|read-only file system",
    },
  ])("$where ends with 2 and names the file and the reason", async ({ target, reason }) => {
    const { code, stdout, stderr } = await run({
      cwd: scratch,
      args: ["report", "big.json", "--format", "json", "-o", target],
    });

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error: cannot write ${target}: (?:${reason})\\n  .* \\[OUTPUT_FAILED\\]\\n$`));
  });

  const full = "/dev/full";
  const title = existsSync(full) ? "on a full disk" : `on a full disk (skipped: there is no ${full})`;
  it.skipIf(!existsSync(full))(`${title} ends with 2`, async () => {
    const { code, stderr } = await run({ cwd: scratch, args: ["report", "big.json", "--format", "json", "-o", full] });

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: cannot write \/dev\/full: no space is left on the device\n/),
    });
    expect((await stat(full)).isFile()).toBe(false);
  });

  it.skipIf(!existsSync(full))(`${title} behind standard output is no success`, async () => {
    const { stderr } = await shell(`T report big.json --format json > ${full}`);

    expect(stderr).toMatch(/exit (?!0|1\n)\d+\n$/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("a process that is killed", () => {
  const reports = ["report", "big.json", "--format", "json", "-o", "report.json"];
  const kills = Array.from({ length: 10 }, (_, index) => ({ kill: index + 1 }));

  it.concurrent.each(kills)(
    "while it writes leaves the old report or the whole new one (kill $kill)",
    async ({ kill }) => {
      const folder = await laidOut(join(scratch, `kill-${kill}`), { "report.json": "the old report\n" });
      await writeFile(join(folder, "big.json"), await readFile(join(scratch, "big.json")));

      await killWhileWriting(reports, folder, kill);

      const report = await readFile(join(folder, "report.json"), "utf8");
      if (report !== "the old report\n") expect(report).toBe(await readFile(join(scratch, "big.json"), "utf8"));
    },
  );
});

/** Kills the command a little after it has begun to write, each time a little later. */
async function killWhileWriting(args: readonly string[], cwd: string, kill: number): Promise<void> {
  const before = await contents(cwd);
  const child = spawn(process.execPath, [main, ...args], { cwd, stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("close", resolve));
  while (child.exitCode === null && (await contents(cwd)) === before) await sleep(1);
  await sleep((kill - 1) * 3);
  child.kill("SIGKILL");
  await ended;
}

/** Names and sizes: what changes as soon as anything is written, wherever it goes. */
async function contents(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => "gone",
      ),
    ),
  );
  return names.map((name, index) => `${name} ${sizes[index]}`).join("\n");
}
