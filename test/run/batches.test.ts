import { expect, it } from "vitest";
import type { Gathered } from "../../src/model/flow.ts";
import { batched, type Item } from "../../src/run/batches.ts";
import { aCoverage, aToken, gather, streamOf } from "../support/tokens.ts";

const [file, other] = [{ source: "file" }, { source: "workflows" }];
const token = (name: string, origin = file): Gathered => ({ token: aToken({ name }), origin });
const raw = (name: string): Gathered => ({
  raw: { bytes: new Uint8Array(), first: 1, from: { source: "file", name, isFile: true } },
  origin: file,
});
const coverage = (subject: string): Gathered => ({ coverage: aCoverage({ subject }) });

function told({ batch, after }: Item): string {
  const content = "raw" in batch ? batch.raw.from.name : batch.tokens.map(({ name }) => name).join("+");
  return [content, ...after.map((one) => ("coverage" in one ? one.coverage.subject : "settle"))].join(" > ");
}

it.each<{ what: string; items: Gathered[]; batches: string[] }>([
  { what: "nothing", items: [], batches: [] },
  { what: "only coverage", items: [coverage("c")], batches: [" > c"] },
  { what: "tokens up to the size", items: ["a", "b", "c"].map((name) => token(name)), batches: ["a+b", "c"] },
  { what: "coverage behind its tokens", items: [token("a"), coverage("c"), token("b")], batches: ["a > c", "b"] },
  { what: "two sources", items: [token("a"), token("b", other)], batches: ["a", "b"] },
  {
    what: "raw lines, each by itself",
    items: [token("a"), raw("r1"), raw("r2"), token("b")],
    batches: ["a", "r1", "r2", "b"],
  },
  { what: "a settling", items: [raw("r"), { settle: () => [] }, token("a")], batches: ["r > settle", "a"] },
])("keeps the order of $what", async ({ items, batches }) => {
  expect((await gather(batched(streamOf(items), 2))).map(told)).toEqual(batches);
});
