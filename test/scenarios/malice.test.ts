import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ndjson } from "../../bench/tokens.ts";
import { findOpa } from "../../src/judge/opa.ts";
import type { Report } from "../../src/model/documents.gen.ts";
import { culprit, malice } from "../judge/malice.ts";
import { type Outcome, run } from "../support/command.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";

const scratch = await scratchFolder();
const { path: opa } = await findOpa(process.env);
/** Enough that the token at fault is one of many. */
const inventory = [...ndjson(30)].join("");
const ids = inventory
  .trimEnd()
  .split("\n")
  .map((line) => (JSON.parse(line) as { id: string }).id);
const config = "version: 1\npolicies:\n  paths: [own]\n";

/** Ends by itself, or is ended by the harness, which leaves no exit code. */
function judged(cwd: string, jobs = 2): Promise<Outcome> {
  const args = ["judge", "tokens.ndjson", "--as-of", "2030-01-01T00:00:00Z", "-f", "json", "--jobs", String(jobs)];
  return run({ cwd, args, env: { TOKENWARD_CACHE: join(cwd, "cache"), TOKENWARD_OPA: opa } });
}

/** What everyone but the policy at fault has found. */
function others({ stdout }: Outcome): object {
  const { findings, policies, coverage } = JSON.parse(stdout) as Report;
  return {
    coverage,
    findings: findings.filter(({ policy }) => policy !== culprit.policy),
    policies: policies.filter(({ policy }) => policy.id !== culprit.policy),
  };
}

let alone: Outcome;
beforeAll(async () => {
  const cwd = await laidOut(join(scratch, "alone"), { "tokens.ndjson": inventory, "tokenward.yaml": "version: 1\n" });
  alone = await judged(cwd);
  expect(others(alone)).toMatchObject({ findings: expect.arrayContaining([expect.anything()]) });
});

const cases = malice.filter(
  ({ outcome, name }) => outcome === "stopped" || /a flood of print|whole of data/.test(name),
);

describe("a run with a policy that tries", () => {
  // One at a time: a machine that is busy with the others would make the short ones long.
  it.each(cases)("$name ends with 2 and says why, and without it the others judge as ever", async (one) => {
    const { name, files, codes, told, outcome } = one;
    const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [`own/${path}`, text]));
    const setting = { "tokens.ndjson": inventory, "tokenward.yaml": config, ...own };
    const cwd = await laidOut(join(scratch, name.replaceAll(" ", "-")), setting);

    const { code, stdout, stderr } = await judged(cwd);

    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
    expect(codes).toContain(/\[(\w+)\]\n$/.exec(stderr)?.[1]);
    if (told) expect(stderr).toMatch(told);
    expect(stderr.length).toBeLessThan(2_000);
    if (outcome === "refused") return;
    expect(stderr).toContain(`policy ${culprit.policy} `);
    expect(ids.filter((id) => stderr.includes(` token ${id}`))).toHaveLength(1);

    await writeFile(join(cwd, "tokenward.yaml"), `${config}  disable: [${culprit.policy}]\n`);
    const without = await judged(cwd);

    expect(without.code, without.stderr).toBe(alone.code);
    expect(others(without)).toEqual(others(alone));
  });

  it("nothing at all judges as if it were not there, also on the main thread's behalf", async () => {
    const harmless = malice.find(({ outcome }) => outcome === "harmless");
    const own = Object.fromEntries(Object.entries(harmless?.files ?? {}).map(([path, text]) => [`own/${path}`, text]));
    const setting = { "tokens.ndjson": inventory, "tokenward.yaml": config, ...own };
    const cwd = await laidOut(join(scratch, "harmless"), setting);

    const outcome = await judged(cwd, 1);

    expect(outcome.code, outcome.stderr).toBe(alone.code);
    expect(others(outcome)).toEqual(others(alone));
  });
});
