import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/config/load.ts";
import { resolveRules } from "../src/config/parameters.ts";
import { mergeReports } from "../src/gate/merge.ts";
import { loadBundle } from "../src/judge/bundle.ts";
import type { Findings, Result } from "../src/model/flow.ts";
import { parseReport } from "../src/model/report.ts";
import type { Shard } from "../src/model/shard.ts";
import { reporter } from "../src/report/registry.ts";
import { type Means, review } from "../src/review.ts";
import { estate } from "./support/estates.ts";
import { laidOut, scratchFolder } from "./support/scratch.ts";
import { asOf, gather, streamOf } from "./support/tokens.ts";
import { offline } from "./support/world.ts";

const scratch = await scratchFolder();
const bundle = await loadBundle();
const tool = { name: "tokenward", version: "0.1.0" };

/** One run over the folder, in one thread. */
async function reviewed(cwd: string, shard?: Shard): Promise<Result> {
  const config = await loadConfig({ cwd, env: {}, flags: {} });
  const rules = resolveRules(config, bundle.manifest, bundle.thresholds);
  const world = { ...offline, cwd, env: {}, stdin: () => process.stdin, scratch: () => scratch };
  const means: Means = { bundle, rules, tool, jobs: 1, shard, ...world, asOf };
  return review(config, means);
}

async function told(result: Result, format: string): Promise<string> {
  const { render } = await reporter(format);
  return (await gather(render(result, { colour: false, columns: 100 }))).join("");
}

async function merged(cwd: string, of: number): Promise<Result> {
  const parts = [];
  for (let index = 1; index <= of; index += 1) {
    const name = `${index}.json`;
    const { head, findings } = parseReport(await told(await reviewed(cwd, { index, of }), "json"), name);
    parts.push({ name, head, findings: await gather(streamOf(findings as Findings)) });
  }
  const outcome = mergeReports(parts);
  if ("faults" in outcome) throw new Error(outcome.faults.join("\n"));
  return outcome.result;
}

describe("the shards of a run, merged,", () => {
  const formats = ["json", "ndjson", "sarif", "table"];
  const seeds = Array.from({ length: 12 }, (_, seed) => ({ seed }));

  it.each(seeds)("have its bytes, whatever it reads (seed $seed)", async ({ seed }) => {
    const cwd = await laidOut(join(scratch, String(seed)), estate(seed));
    const whole = await reviewed(cwd);
    const expected = await Promise.all(formats.map((format) => told(whole, format)));

    for (let of = 1; of <= 5; of += 1) {
      const joined = await merged(cwd, of);
      for (const [index, format] of formats.entries())
        expect(await told(joined, format), `${of} shards, ${format}`).toBe(expected[index]);
    }
  });

  it("were tried on all that there is to go wrong", async () => {
    const heads: Result[] = [];
    for (const { seed } of seeds)
      heads.push(await reviewed(await laidOut(join(scratch, `tried ${seed}`), estate(seed))));
    const coverage = heads.flatMap(({ head }) => head.coverage);
    const details = coverage.map(({ detail = "" }) => detail);

    for (const what of ["was already read", "cut off", "changed after", "is no ", "not exist", "not valid"])
      expect(details.filter((detail) => detail.includes(what)).length, what).toBeGreaterThan(0);
    expect(new Set(coverage.map(({ outcome }) => outcome)).size).toBe(4);
    expect(heads.filter(({ head }) => head.summary.tokens > 5).length).toBeGreaterThan(seeds.length / 2);
  });
});
