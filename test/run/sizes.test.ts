import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gather as gathered, rawReader } from "../../src/collect/index.ts";
import { loadConfig } from "../../src/config/load.ts";
import { resolveRules } from "../../src/config/parameters.ts";
import { enricher } from "../../src/enrich/index.ts";
import { openGate } from "../../src/gate/index.ts";
import { loadBundle } from "../../src/judge/bundle.ts";
import { startJudge } from "../../src/judge/index.ts";
import { cut } from "../../src/model/cut.ts";
import type { Gathered } from "../../src/model/flow.ts";
import { renderJson } from "../../src/report/json.ts";
import { batched } from "../../src/run/batches.ts";
import { openBooks } from "../../src/run/books.ts";
import { openEntries } from "../../src/run/entries.ts";
import { kinPolicies, openKin } from "../../src/run/kin.ts";
import { openPool, workedOn } from "../../src/run/pool.ts";
import { openShelf } from "../../src/run/shelf.ts";
import { openWork } from "../../src/run/work.ts";
import { estate } from "../support/estates.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { asOf, gather, streamOf } from "../support/tokens.ts";
import { offline } from "../support/world.ts";

const scratch = await scratchFolder();
const bundle = await loadBundle();

interface Sizes {
  /** Bytes of lines that are read at a time. */
  part: number;
  /** Tokens of a batch. */
  batch: number;
  /** Tokens that are judged at a time. */
  chunk: number;
  jobs: number;
}

/** Lines as if they had been read in other parts. */
async function* recut(items: AsyncIterable<Gathered>, size: number): AsyncIterable<Gathered> {
  for await (const item of items) {
    if (!("raw" in item)) yield item;
    else {
      for await (const { bytes, first } of cut(streamOf([item.raw.bytes]), size))
        yield { ...item, raw: { ...item.raw, bytes, first: item.raw.first + first - 1 } };
    }
  }
}

/** The JSON report of a run whose parts have these sizes. */
async function told(cwd: string, { part, batch, chunk, jobs }: Sizes): Promise<string> {
  const config = await loadConfig({ cwd, env: {}, flags: {} });
  const rules = resolveRules(config, bundle.manifest, bundle.thresholds);
  const { manifest, digest } = bundle;
  const tool = { name: "tokenward", version: "0.1.0" };
  const run = { tool, as_of: asOf, bundle: digest, profile: rules.profile };
  const decision = { failOn: "high", allowIncomplete: false } as const;
  const gate = openGate({ ...decision, run, manifest, disabled: [], severity: {}, scratch: () => scratch });
  const read = await rawReader();
  const whole = startJudge({ bundle, rules });
  const judge = Object.assign(
    (tokens: Parameters<typeof whole>[0]) => {
      const parts = Array.from({ length: Math.ceil(tokens.length / chunk) }, (_, index) => index * chunk);
      return parts.flatMap((from) => whole(tokens.slice(from, from + chunk)));
    },
    { alone: whole.alone },
  );
  const kin = kinPolicies(manifest, rules);
  const work = openWork({
    read,
    enriched: enricher({ asOf }),
    judge,
    asOf,
    policies: manifest.policies,
    isMine: undefined,
    kin,
  });
  const folder = () => mkdtempSync(join(scratch, "books-"));
  const entries = openEntries(undefined, asOf);
  const books = openBooks({ gate, work, read, kin: openKin(folder, asOf), shelf: openShelf(folder, part), entries });
  const world = { ...offline, cwd, env: {}, stdin: () => process.stdin };
  const items = batched(recut(gathered(config.sources.value, world), part), batch);
  const data = { bundle, rules, asOf, shard: undefined };
  const pool = openPool({ jobs, data, work, read, limits: { time: 60_000, memory: 512 }, isForeign: false });
  try {
    for await (const { item, outcome } of workedOn(items, pool)) books.enter(item, outcome);
    for await (const { outcome } of workedOn(books.again(), pool)) books.supplement(outcome);
  } finally {
    await pool.close();
  }
  return (await gather(renderJson(books.close()))).join("");
}

describe("the bytes of a report", () => {
  const usual = { part: 1_000_000, batch: 400, chunk: 100, jobs: 1 };

  it.each(Array.from({ length: 8 }, (_, index) => ({ seed: 200 + index })))(
    "do not depend on the sizes of parts, batches and chunks (seed $seed)",
    async ({ seed }) => {
      const cwd = await laidOut(join(scratch, String(seed)), estate(seed));
      const expected = await told(cwd, usual);

      for (const sizes of [{ part: 1 }, { part: 300 }, { batch: 1 }, { batch: 3 }, { chunk: 1 }, { chunk: 2 }])
        expect(await told(cwd, { ...usual, ...sizes }), JSON.stringify(sizes)).toBe(expected);
      expect(await told(cwd, { part: 70, batch: 2, chunk: 3, jobs: 1 })).toBe(expected);
    },
  );

  it.each([{ seed: 300 }, { seed: 301 }])(
    "do not depend on who worked on which of many small batches (seed $seed)",
    async ({ seed }) => {
      const cwd = await laidOut(join(scratch, String(seed)), estate(seed));
      const expected = await told(cwd, usual);

      for (const jobs of [2, 3]) expect(await told(cwd, { part: 60, batch: 1, chunk: 2, jobs })).toBe(expected);
    },
  );
});
