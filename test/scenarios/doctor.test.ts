import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const touching = { use: "exec", command: ["sh", "-c", "touch started"] };

async function doctor(sources: readonly object[], args: readonly string[] = [], env: Record<string, string> = {}) {
  const cwd = await laidOut(join(scratch, String(Math.abs(hash(JSON.stringify(sources))))), {
    "tokenward.yaml": JSON.stringify({ version: 1, sources }),
  });
  return { cwd, ...(await run({ args: ["doctor", ...args], cwd, env })) };
}

it.each([
  {
    what: "nothing is missing",
    sources: [touching, { use: "workflows" }],
    code: 0,
    says: /program sh +it is there[\s\S]*note +rights[\s\S]*\n2 sources: 1 ok; exit 0\n$/,
  },
  {
    what: "nothing can be checked",
    sources: [{ use: "file", path: "*.csv" }],
    code: 0,
    says: /1 source: nothing to check; exit 0\n$/,
  },
  {
    what: "variables of two sources are not set",
    sources: [
      { ...touching, env: ["ONE_KEY"] },
      { ...touching, env: ["TWO_KEY"] },
    ],
    code: 3,
    says: /missing +variable ONE_KEY[\s\S]*missing +variable TWO_KEY[\s\S]*: 2 ok, 2 missing; exit 3\n$/,
  },
  {
    what: "a program is not there",
    sources: [{ use: "exec", command: ["./gone"] }],
    code: 3,
    says: /failed +program \.\/gone +it is not there[\s\S]*to fix: [\s\S]*exit 3\n$/,
  },
])("ends with $code where $what, and starts no program", async ({ sources, code, says }) => {
  const told = await doctor(sources);

  expect(told).toMatchObject({ code, stderr: "", stdout: expect.stringMatching(says) });
  await expect(readFile(join(told.cwd, "started"))).rejects.toThrow("ENOENT");
});

it.each([
  { what: "a source that is not there", sources: [touching], args: ["--source", "2"], says: "has 1 source" },
  { what: "a number that is none", sources: [touching], args: ["--source", "0"], says: "whole number from 1" },
  { what: "a configuration that is not valid", sources: [{ use: "exec" }], args: [], says: '"command" is missing' },
])("ends with 2 for $what, and checks nothing", async ({ sources, args, says }) => {
  const { code, stdout, stderr } = await doctor(sources, args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(says);
});

it("tells programs the same, with the line of each source, and one source alone", async () => {
  const sources = [touching, { ...touching, env: ["THE_KEY"] }];

  const { code, stdout } = await doctor(sources, ["--source", "2", "--format", "json"]);

  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    exit_code: 3,
    summary: { ok: 1, missing: 1, failed: 0, extra: 0, unknown: 0, note: 0 },
    sources: [
      {
        number: 2,
        use: "exec",
        location: { uri: "tokenward.yaml", line: 1 },
        checks: [{ subject: "variable THE_KEY", outcome: "missing", remedy: expect.stringContaining("THE_KEY") }, {}],
      },
    ],
  });
  expect((await doctor(sources, [], { THE_KEY: "a value" })).code).toBe(0);
});

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) | 0, 7);
}
