import { beforeAll, describe, expect, it } from "vitest";
import { rawReader } from "../../src/collect/index.ts";
import { enricher } from "../../src/enrich/index.ts";
import type { Bundle } from "../../src/judge/bundle.ts";
import { startJudge } from "../../src/judge/index.ts";
import { compileModule } from "../../src/judge/opa-wasm.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { openPool, type PoolMeans, workedOn } from "../../src/run/pool.ts";
import { type Batch, openWork } from "../../src/run/work.ts";
import { startWorker } from "../../src/run/worker.ts";
import { bundleOf } from "../judge/policies.ts";
import { asOf, aToken, rules, streamOf } from "../support/tokens.ts";

/** Each does wrong on the tokens that are named after it. */
const policies = {
  "lifetime/old": { rules: 'fail contains {"age": input.facts.age} if input.facts.age > 7' },
  "lifetime/swollen": {
    rules: `fail contains {"big": concat("", [t | some _ in numbers.range(1, 1500); t := "${"x".repeat(40_000)}"])} if input.name == "swollen"`,
  },
  "lifetime/talkative": { rules: `fail contains {"big": "${"x".repeat(60_000)}"} if input.name == "talkative"` },
  "lifetime/weary": {
    rules: [
      'fail contains {"n": 1} if {',
      '\tinput.name == "weary"',
      "\tr := numbers.range(1, 300)",
      "\tsome a in r",
      "\tsome b in r",
      "\ta + b < 0",
      "}",
    ].join("\n"),
  },
};

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleOf(policies);
});

/** How many tokens of each batch were judged by a pool whose every policy runs in other threads. */
async function worked(batches: readonly Batch[], limits: PoolMeans["limits"], seen: number[] = []): Promise<number[]> {
  const read = await rawReader();
  const judge = startJudge({ bundle, rules: rules() });
  const work = openWork({
    read,
    enriched: enricher({ asOf }),
    judge,
    asOf,
    policies: bundle.manifest.policies,
    isMine: undefined,
    kin: [],
  });
  const data = { bundle, rules: rules(), asOf, shard: undefined };
  const pool = openPool({ jobs: 3, data, work, read, limits, isForeign: true });
  const items = streamOf(batches.map((batch) => ({ batch })));
  try {
    for await (const { outcome } of workedOn(items, pool)) seen.push(outcome.digest.tokens);
  } finally {
    await pool.close();
  }
  return seen;
}

const named = (name: string, count: number, from = 0): Token[] =>
  Array.from({ length: count }, (_, index) => aToken({ id: `a/b/c/${name}-${from + index}`, name }));
const ample = { time: 60_000, memory: 512 };

describe("a thread that dies", () => {
  it("of one verdict's memory is told of with policy and token", async () => {
    const batches = [{ tokens: [...named("fine", 3), ...named("swollen", 1)] }];

    await expect(worked(batches, { ...ample, memory: 48 })).rejects.toMatchObject({
      code: "POLICY_MEMORY",
      message: "policy swollen needed more than 48 MB on token a/b/c/swollen-0",
    });
  });

  it("of what is yielded together is told of without blaming one policy", async () => {
    const batches = [{ tokens: named("fine", 3) }, { tokens: named("talkative", 1_500) }];

    await expect(worked(batches, { ...ample, memory: 48 })).rejects.toMatchObject({
      code: "WORKER_DIED",
      message: "a worker thread died: a batch of tokens needed more than 48 MB",
    });
  });

  it("before it can work is no hang", async () => {
    await expect(worked([{ tokens: named("fine", 1) }], { ...ample, memory: 1 })).rejects.toMatchObject({
      code: "WORKER_DIED",
    });
  });

  it("does not hold the others, and what came before it is told", async () => {
    const batches = [
      ...Array.from({ length: 6 }, () => ({ tokens: named("fine", 5) })),
      { tokens: named("talkative", 1_500) },
    ];
    const seen: number[] = [];

    await expect(worked(batches, { ...ample, memory: 48 }, seen)).rejects.toMatchObject({ code: "WORKER_DIED" });

    expect(seen).toEqual([5, 5, 5, 5, 5, 5]);
  });
});

describe("a policy that is slow", () => {
  it("on many tokens, but on none of them too slow, is named with the one it was slowest on", async () => {
    const batches = [{ tokens: [...named("fine", 3), ...named("weary", 97)] }];

    await expect(worked(batches, { ...ample, time: 400 })).rejects.toMatchObject({
      code: "POLICY_OVERTIME",
      message: expect.stringMatching(
        /^policy weary took longer than 0\.4 s on token a\/b\/c\/weary-\d+( and its neighbours)?$/,
      ),
    });
  });
});

it("what changes hands between threads is never handed over twice, not even nothing", async () => {
  const read = await rawReader();
  const means = { read, enriched: enricher({ asOf }), judge: startJudge({ bundle, rules: rules() }), asOf };
  const work = openWork({ ...means, policies: bundle.manifest.policies, isMine: undefined, kin: [] });

  const [first, second] = [named("fine", 1), named("fine", 1)].map((tokens) => work({ tokens }));

  expect(first?.kin.buffer).not.toBe(second?.kin.buffer);
});

it("a module that never ends when it is made ready is stopped like one that never ends at work", async () => {
  // Takes the memory that it is given, and begins with a loop without an end.
  const endless = compileModule(
    Buffer.concat([
      Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0]),
      Buffer.from([2, 15, 1, 3, ...Buffer.from("env"), 6, ...Buffer.from("memory"), 2, 0, 1]),
      Buffer.from([3, 2, 1, 0, 8, 1, 0, 10, 9, 1, 7, 0, 3, 0x40, 0x0c, 0, 0x0b, 0x0b]),
    ]),
  );
  const foreign = { ...bundle, module: endless, isForeign: true };
  const worker = startWorker({ bundle: foreign, rules: rules(), asOf, shard: undefined }, { time: 200, memory: 512 });

  await expect(worker.ask({ tokens: named("fine", 1) })).rejects.toMatchObject({ of: "time" });
  await worker.stop();
});
