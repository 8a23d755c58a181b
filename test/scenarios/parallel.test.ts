import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ndjson } from "../../bench/tokens.ts";
import { run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";

const folder = await scratchFolder();
const always = ["--as-of", "2030-01-01T00:00:00Z", "--no-config", "--fail-on", "never", "--allow-incomplete"];

/** Enough that other threads are started: records that repeat ids near and far, and records that cannot be read, among good ones. */
beforeAll(async () => {
  const lines = [...ndjson(6_000)].join("").trimEnd().split("\n");
  const odd = lines.flatMap((line, index) => [
    line,
    ...(index % 700 === 0 ? [lines[index] ?? ""] : []),
    ...(index % 900 === 0 ? [lines[0] ?? "", "{ no record", `{"kind":"npm/x","id":"${index}"}`] : []),
  ]);
  await writeFile(join(folder, "tokens.ndjson"), `${odd.join("\n")}\n`);
});

describe("the report of one inventory", () => {
  const told = async (format: string, jobs: string): Promise<string> => {
    const out = `${format}-${jobs}`;
    const args = ["judge", "tokens.ndjson", "-f", format, "-o", out, "-j", jobs, ...always];
    expect(await run({ args, cwd: folder })).toMatchObject({ code: 0 });
    return readFile(join(folder, out), "utf8");
  };
  const byOne = new Map<string, Promise<string>>();
  const toldByOne = (format: string): Promise<string> => {
    const once = byOne.get(format) ?? told(format, "1");
    byOne.set(format, once);
    return once;
  };

  it.each([
    { format: "json", jobs: "2" },
    { format: "json", jobs: "4" },
    { format: "ndjson", jobs: "3" },
    { format: "sarif", jobs: "2" },
  ])("has the same bytes with one thread and with $jobs ($format)", async ({ format, jobs }) => {
    const [alone, together] = await Promise.all([toldByOne(format), told(format, jobs)]);

    expect(together === alone).toBe(true);
    expect(alone).toContain("already read");
  });
});

/** One that covers many findings, one that has expired, and one that covers none. */
const waivers = ["2030-01-01", "2029-12-31", "2030-01-01"]
  .map((expires, index) => {
    const token = ['{ id: "*3*" }', '{ name: "*1*" }', "none"][index];
    return `  - { token: ${token}, policy: [no-expiry, no-owner, idle], reason: r, owner: o, approver: a, expires: ${expires} }\n`;
  })
  .reduce((file, entry) => file + entry, "version: 1\nwaivers:\n");

describe.each([{ seed: 2 }, { seed: 3 }])("the report of a seeded inventory ($seed)", ({ seed }) => {
  it("has the same bytes with one thread, with three, and from shards on two", async () => {
    const cwd = join(folder, `seed-${seed}`);
    await mkdir(cwd);
    const lines = [...ndjson(4_000, seed)].join("").trimEnd().split("\n");
    const odd = lines.map((line, index) => (index % (97 * seed) === 0 ? (lines[index % 7] ?? "") : line));
    await writeFile(join(cwd, "tokens.ndjson"), `${odd.join("\n")}\n`);
    await writeFile(join(cwd, "waivers.yaml"), waivers);
    const judged = async (name: string, ...args: string[]): Promise<string> => {
      const what = [
        "judge",
        "tokens.ndjson",
        "-f",
        "json",
        "-o",
        name,
        ...args,
        ...always,
        "--waivers",
        "waivers.yaml",
      ];
      expect(await run({ args: what, cwd })).toMatchObject({ code: 0 });
      return readFile(join(cwd, name), "utf8");
    };

    const [alone, together] = await Promise.all([
      judged("alone.json", "-j", "1"),
      judged("together.json", "-j", "3"),
      ...[1, 2].map((index) => judged(`part-${index}.json`, "-j", "2", "--shard", `${index}/2`)),
    ]);
    const merging = ["merge", "part-2.json", "part-1.json", "-f", "json", "-o", "merged.json"];
    expect(await run({ args: merging, cwd })).toMatchObject({ code: 0 });

    expect(together === alone).toBe(true);
    expect((await readFile(join(cwd, "merged.json"), "utf8")) === alone).toBe(true);
    expect(alone).toContain("already read");
  });
});

const metadata = `# METADATA
# title: Runs for ever
# description: A policy that no run may wait for.
# schemas:
#   - input: schema.token
# custom:
#   severity: low
#   category: custom
#   needs: []
#   message: never
#   remediation: Remove it.
package tokenward.custom.endless

import rego.v1
`;

describe("a policy that nobody here wrote", () => {
  it.each([
    {
      what: "never ends",
      rule: "some a in numbers.range(1, 4000)\n\tsome b in numbers.range(1, 4000)\n\tsome c in numbers.range(1, 4000)\n\ta + b + c == -1",
      says: "policy endless took longer than 2 s on token",
    },
    { what: "takes all the memory", rule: "count(numbers.range(1, 200000000)) == 1", says: "policy endless" },
  ])("and that $what is stopped by name, and the run ends with 2", async ({ what, rule, says }) => {
    const cwd = join(folder, what.replaceAll(" ", "-"));
    await mkdir(join(cwd, "own/custom"), { recursive: true });
    await writeFile(
      join(cwd, "own/custom/endless.rego"),
      `${metadata}\nfail contains {"at": input.kind} if {\n\t${rule}\n}\n`,
    );
    await writeFile(join(cwd, "tokenward.yaml"), "version: 1\npolicies:\n  paths: [own]\n");
    await writeFile(join(cwd, "tokens.ndjson"), [...ndjson(3)].join(""));

    const { code, stderr } = await run({
      args: ["judge", "tokens.ndjson", "--as-of", "2030-01-01T00:00:00Z"],
      cwd,
      env: { TOKENWARD_CACHE: join(cwd, "cache") },
    });

    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});
