import { existsSync } from "node:fs";
import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Diff } from "../../src/model/documents.gen.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const header = "kind,native_id,name,account,expires,owner\n";
const files = {
  "tokenward.yaml": "version: 1\nsources: [{ use: file, path: tokens.csv }]\n",
  "tokens.csv": `${header}github/classic-pat,7,ci,acme,2030-03-01T00:00:00Z,a\ngithub/classic-pat,8,old,acme,never,a\n`,
};
const later = `${header}github/classic-pat,7,ci,acme,never,b\ngithub/classic-pat,9,new,acme,never,a\n`;
const clock = ["--as-of", "2030-01-01T00:00:00Z"];

/** The inventories and the reports of two days, made once for all tests that only read them. */
let made: string;
beforeAll(async () => {
  made = await makeTwoDays("made", later);
  await run({ cwd: made, args: ["check", ...clock, "--shard", "1/2", "--format", "json", "-o", "part.json"] });
});

async function twoDays(name: string): Promise<string> {
  const cwd = join(scratch, name);
  await cp(made, cwd, { recursive: true });
  return cwd;
}

async function makeTwoDays(name: string, second: string): Promise<string> {
  const cwd = await laidOut(join(scratch, name), files);
  for (const [day, text] of Object.entries({ old: files["tokens.csv"], new: second })) {
    await writeFile(join(cwd, "tokens.csv"), text);
    await run({ cwd, args: ["collect", ...clock, "-o", `${day}.ndjson`] });
    await run({ cwd, args: ["check", ...clock, "--format", "json", "-o", `${day}.json`] });
  }
  return cwd;
}

describe("diff", () => {
  it("tells in three formats what is different between two inventories, and fails over what got wider", async () => {
    const cwd = await twoDays("whole");
    const diff = (...args: string[]) => run({ cwd, args: ["diff", "old.ndjson", "new.ndjson", ...args] });

    const { code, stdout } = await diff("-f", "json");
    const told = JSON.parse(stdout) as Diff;
    expect(code).toBe(0);
    expect(faultsIn("diff", told)).toEqual([]);
    expect(told.tokens?.map(({ changes }) => changes)).toEqual([["widened", "changed"], ["vanished"], ["appeared"]]);
    expect(told).toMatchObject({ old: { as_of: "2030-01-01T00:00:00Z" }, incomplete: false });
    expect(await diff("--fail-on-widened")).toMatchObject({ code: 1, stdout: expect.stringContaining("WIDENED  1") });
    expect(await diff("-f", "markdown", "-o", "diff.md")).toMatchObject({ code: 0, stdout: "" });
    expect(await readFile(join(cwd, "diff.md"), "utf8")).toContain("### Widened (1)");
    expect((await stat(join(cwd, "diff.md"))).mode & 0o777).toBe(0o600);
  });

  it("takes two reports, and files of records as they are", async () => {
    const cwd = await twoDays("sorts");
    const reports = await run({ cwd, args: ["diff", "old.json", "new.json", "-f", "json"] });
    const records = await run({ cwd, args: ["diff", "old.ndjson", "tokens.csv"] });

    expect(reports.code).toBe(0);
    expect((JSON.parse(reports.stdout) as Diff).findings?.map(({ change }) => change)).toContain("resolved");
    expect(records).toMatchObject({ code: 0, stdout: expect.stringContaining("1 vanished") });
  });

  it("ends with 3 where a token need not be gone, unless that is allowed", async () => {
    const cwd = await makeTwoDays("incomplete", `${header}github/classic-pat,7,ci,acme,soon,a\n`);
    const diff = (...args: string[]) => run({ cwd, args: ["diff", "old.ndjson", "new.ndjson", ...args] });

    expect(await diff()).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("INCOMPLETE: 2 differences may be none"),
    });
    expect(await diff("--allow-incomplete")).toMatchObject({ code: 0 });
  });

  it.each([
    { what: "an inventory against a report", args: ["old.ndjson", "new.json"], says: "DIFF_UNLIKE" },
    {
      what: "a file that is not there",
      args: ["gone.ndjson", "new.ndjson"],
      says: "cannot be read: there is no such file",
    },
    {
      what: "reports that should tell what got wider",
      args: ["old.json", "new.json", "--fail-on-widened"],
      says: "DIFF_OF_REPORTS",
    },
    { what: "half a report", args: ["half.json", "new.json"], says: "REPORT_NOT_JSON" },
    { what: "the report of a shard", args: ["part.json", "new.json"], says: "DIFF_OF_SHARDS" },
  ])("ends with 2 and writes nothing for $what", async ({ what, args, says }) => {
    const cwd = await twoDays(what);
    await writeFile(join(cwd, "half.json"), '{\n  "schema_version": 1,');
    const { code, stderr } = await run({ cwd, args: ["diff", ...args, "-o", "out.txt"] });

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) });
    expect(existsSync(join(cwd, "out.txt"))).toBe(false);
  });
});
