import { expect, it } from "vitest";
import { run } from "../support/command.ts";
import { laidOut, manyTokens, readingTokens, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
await laidOut(scratch, { "tokenward.yaml": readingTokens, "tokens.csv": manyTokens(600) });
const check = ["check", "--as-of", "2030-01-01T00:00:00Z", "-f", "json"];
const silent = await run({ cwd: scratch, args: check });

it.each([
  { progress: "plain", env: { CI: "true" }, expected: /^(?:file tokens\.csv: \d+ tokens(?:, all is read)?\n)+$/ },
  {
    progress: "always",
    env: {},
    expected: /^(?:(?:~file tokens\.csv: \d+ tokens(?:, all is read)? *)+~ *~)?$/,
  },
  { progress: "never", env: {}, expected: /^$/ },
  { progress: "auto", env: {}, expected: /^$/ },
])("--progress $progress tells on standard error alone, and changes no byte of the report", async (given) => {
  const { code, stdout, stderr } = await run({
    cwd: scratch,
    args: [...check, "--progress", given.progress],
    env: given.env,
  });

  expect(code).toBe(1);
  expect(stdout).toBe(silent.stdout);
  expect(stderr.replaceAll("\r", "~")).toMatch(given.expected);
});

it("that is told in lines ends with all that was read, also where an inventory is judged or collected", async () => {
  const collected = await run({ cwd: scratch, args: ["collect", "--progress", "plain", "-o", "kept.ndjson"] });
  const judged = await run({ cwd: scratch, args: ["judge", "kept.ndjson", "--progress", "plain", "-f", "json"] });

  expect(collected.stderr).toMatch(/^file tokens\.csv: 600 tokens, all is read\ncollected 600 tokens\n$/m);
  expect(judged.stderr).toMatch(/^file kept\.ndjson: \d+ (?:line|token)s, all is read\n$/m);
});

it("is told of an audit too, on standard error alone, and not where nobody looks", async () => {
  const audit = (day: number, ...more: string[]) =>
    run({ cwd: scratch, args: ["audit", "--as-of", `2030-01-0${day}T00:00:00Z`, ...more] });
  const told = await audit(1, "--progress", "plain");

  expect(told.stderr).toMatch(/^file tokens\.csv: 600 tokens, all is read$/m);
  expect(told.stdout).toMatch(/^audits\/2030-01-01T000000Z\/index\.html: .*\n$/);
  expect((await audit(2)).stderr).not.toContain("tokens.csv");
  expect((await audit(3, "--quiet")).stderr).toBe("");
});
