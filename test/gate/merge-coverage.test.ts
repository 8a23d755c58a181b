import { describe, expect, it } from "vitest";
import { mergeCoverage } from "../../src/gate/merge-coverage.ts";
import type { Coverage } from "../../src/model/documents.gen.ts";
import { aCoverage, seeded } from "../support/tokens.ts";

const event = (subject: string, over: Partial<Coverage> = {}) => aCoverage({ subject, ...over });
const merged = (...lists: Coverage[][]) => mergeCoverage(lists).map(({ subject }) => subject);

describe("coverage of several shards", () => {
  it.each([
    { what: "nothing from nothing", lists: [[], []], expected: [] },
    {
      what: "what all tell, once",
      lists: [
        ["a", "b"],
        ["a", "b"],
        ["a", "b"],
      ],
      expected: ["a", "b"],
    },
    {
      what: "what one tells, in its place",
      lists: [
        ["a", "c"],
        ["a", "b", "c"],
        ["a", "c"],
      ],
      expected: ["a", "b", "c"],
    },
    { what: "what comes first in a later shard", lists: [["b"], ["a", "b"]], expected: ["a", "b"] },
    {
      what: "an order that no shard tells whole",
      lists: [
        ["a", "c"],
        ["b", "c"],
        ["a", "b"],
      ],
      expected: ["a", "b", "c"],
    },
    {
      what: "what one shard tells twice, twice",
      lists: [
        ["a", "b", "a"],
        ["a", "b", "a"],
      ],
      expected: ["a", "b", "a"],
    },
    {
      what: "what shards contradict each other on, all the same",
      lists: [
        ["a", "b"],
        ["b", "a"],
      ],
      expected: ["a", "b"],
    },
    { what: "what a shard alone tells", lists: [[], ["a"], []], expected: ["a"] },
  ])("tells $what", ({ lists, expected }) => {
    expect(merged(...lists.map((names) => names.map((name) => event(name))))).toEqual(expected);
  });

  it("keeps apart what differs in anything", () => {
    const events = [
      event("a"),
      event("a", { outcome: "failed" }),
      event("a", { outcome: "denied" }),
      event("a", { source: "workflows" }),
      event("a", { account: "acme" }),
      event("a", { detail: "HTTP 503" }),
    ];

    expect(mergeCoverage(events.map((one) => [one]))).toEqual(events);
  });

  it("keeps apart the reads that gave different numbers of tokens", () => {
    const events = [event("a", { items: 1 }), event("a", { items: 2 })];

    expect(mergeCoverage(events.map((one) => [one]))).toEqual(events);
  });

  it.each(Array.from({ length: 20 }, (_, seed) => ({ seed })))(
    "is that of the run, also where one shard tells more (seed $seed)",
    ({ seed }) => {
      const random = seeded(seed + 1);
      const draw = (below: number) => Math.floor(random() * below);
      const shared = Array.from({ length: 20 }, () => event(`source ${draw(6)}`));
      const whole = shared.toSpliced(draw(21), 0, event("what one shard was refused", { outcome: "denied", items: 0 }));
      const of = 1 + draw(7);
      const refused = draw(of);
      const lists = Array.from({ length: of }, (_, shard) => (shard === refused ? whole : shared));

      expect(mergeCoverage(lists)).toEqual(whole);
    },
  );
});
