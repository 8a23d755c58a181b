import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const config = "version: 1\nsources: [{ use: file, path: tokens.csv }]\nbaseline: baseline.json\n";
const header = "kind,native_id,name,account,expires\n";
const row = (id: number) => `github/classic-pat,${id},ci ${id},acme,never\n`;
const files = { "tokenward.yaml": config, "tokens.csv": header + row(7) };
const clock = ["--as-of", "2030-01-01T00:00:00Z"];
const writing = ["--write-baseline", "baseline.json"];
const check = (cwd: string, ...args: string[]) => run({ cwd, args: ["check", ...clock, ...args] });
const textIn = (cwd: string) => readFile(join(cwd, "baseline.json"), "utf8");

describe("check with a baseline", () => {
  it("fails until what it finds is accepted, and then only over what is new", async () => {
    const cwd = await laidOut(join(scratch, "adopted"), files);

    expect(await check(cwd)).toMatchObject({ code: 2, stderr: expect.stringContaining("--write-baseline FILE") });
    expect(await check(cwd, ...writing)).toMatchObject({ code: 1, stderr: expect.stringContaining("accepted now)") });
    expect(await check(cwd)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("in the baseline since 2030-01-01"),
    });
    await writeFile(join(cwd, "tokens.csv"), header + row(7) + row(8));
    const { code, stdout } = await check(cwd, "--as-of", "2030-06-01T00:00:00Z", "--format", "json");
    const { findings, gate } = JSON.parse(stdout) as {
      findings: { token: { id: string }; baseline?: object }[];
      gate: object;
    };
    expect(code).toBe(1);
    expect(gate).toMatchObject({ at_threshold: 1 });
    expect(findings.filter(({ baseline }) => !baseline).every(({ token }) => token.id.endsWith("/8"))).toBe(true);
  });

  it("changes nothing on its own output, also later and from a saved report", async () => {
    const cwd = await laidOut(join(scratch, "again"), files);
    await check(cwd, ...writing, "--report", "json=report.json");
    const text = await textIn(cwd);

    await check(cwd, ...writing, "--as-of", "2030-01-02T00:00:00Z");
    expect(await textIn(cwd)).toBe(text);
    expect(await run({ cwd, args: ["report", "report.json", "--write-baseline", "other.json"] })).toMatchObject({
      code: 1,
    });
    expect(await readFile(join(cwd, "other.json"), "utf8")).toBe(text);
  });

  it("writes nothing from an incomplete run, and keeps what was not read where that is allowed", async () => {
    const cwd = await laidOut(join(scratch, "incomplete"), files);
    await check(cwd, ...writing);
    const text = await textIn(cwd);
    await writeFile(join(cwd, "tokens.csv"), `${header}github/classic-pat,9,x,acme,soon\n`);

    expect(await check(cwd, ...writing)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("not written: baseline.json"),
    });
    expect(await textIn(cwd)).toBe(text);
    expect(await check(cwd, ...writing, "--allow-incomplete")).toMatchObject({
      stderr: expect.stringContaining("unchanged"),
    });
  });

  it.each([
    { what: "a faulty file", text: '{"version": 1,\n"entries": [{}]}', args: writing, says: "baseline.json:2:13" },
    {
      what: "one shard",
      text: '{"version": 1, "entries": []}',
      args: [...writing, "--shard", "1/2"],
      says: "BASELINE_OF_SHARD",
    },
  ])("ends with 2 and writes nothing for $what", async ({ what, text, args, says }) => {
    const cwd = await laidOut(join(scratch, what), { ...files, "baseline.json": text });
    const { code, stderr } = await check(cwd, ...args, "-o", "report.txt");

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) });
    expect(await textIn(cwd)).toBe(text);
    expect(existsSync(join(cwd, "report.txt"))).toBe(false);
  });

  it("merges in git where two people accept different findings", async () => {
    const cwd = await laidOut(join(scratch, "merged"), files);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd, stdio: "pipe" });
    const accept = async (branch: string, ids: number[]) => {
      git("checkout", "-qb", branch, "start");
      await writeFile(join(cwd, "tokens.csv"), header + ids.map(row).join(""));
      await check(cwd, ...writing);
      git("commit", "-qam", branch);
    };
    await writeFile(join(cwd, "tokens.csv"), header + [1, 5, 9].map(row).join(""));
    await check(cwd, ...writing);
    git("init", "-q");
    git("add", "baseline.json");
    git("commit", "-qm", "start");
    git("branch", "start");
    await accept("one", [1, 3, 5, 9]);
    await accept("other", [1, 5, 7, 9]);

    git("merge", "-q", "one");

    await writeFile(join(cwd, "tokens.csv"), header + [1, 3, 5, 7, 9].map(row).join(""));
    expect(await check(cwd, ...writing)).toMatchObject({ code: 0, stderr: expect.stringContaining("unchanged") });
  });
});
