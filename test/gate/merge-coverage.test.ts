import { describe, expect, it } from "vitest";
import { mergeCoverage } from "../../src/gate/merge-coverage.ts";
import type { Coverage } from "../../src/model/documents.gen.ts";
import { aCoverage, seeded } from "../support/tokens.ts";

const event = (subject: string, over: Partial<Coverage> = {}) => aCoverage({ subject, ...over });
const inFile = (uri: string, line = 1) =>
  event(`job at ${line}`, { source: "workflows", outcome: "failed", items: 0, location: { uri, line, column: 1 } });
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

  it.each<{ what: string; told: Partial<Coverage>[]; expected: Partial<Coverage> }>([
    {
      what: "of which every shard got some",
      told: [{ items: 3 }, { items: 4 }],
      expected: { outcome: "read", items: 7 },
    },
    {
      what: "of which one shard got nothing",
      told: [{ outcome: "empty", items: 0 }, { items: 4 }],
      expected: { outcome: "read", items: 4 },
    },
    {
      what: "in which none found anything",
      told: [
        { outcome: "empty", items: 0 },
        { outcome: "empty", items: 0 },
      ],
      expected: { outcome: "empty", items: 0 },
    },
    {
      what: "that broke off in every shard",
      told: [
        { outcome: "failed", items: 2 },
        { outcome: "failed", items: 0 },
      ],
      expected: { outcome: "failed", items: 2 },
    },
  ])("tells of a source $what once, with all that it gave", ({ told, expected }) => {
    expect(mergeCoverage(told.map((one) => [event("a", one)]))).toEqual([event("a", expected)]);
  });

  it("adds up what a source gave each time it was read", () => {
    const twice = (first: number, second: number) => [event("a", { items: first }), event("a", { items: second })];

    expect(mergeCoverage([twice(1, 20), twice(300, 4000)])).toEqual(twice(301, 4020));
  });

  it("tells of a file as a whole after what stands in it, also where the shard that saw that tells of no whole", () => {
    const lists = [[event("b.yml")], [inFile("b.yml", 4)], [inFile("a.yml")]];

    expect(mergeCoverage(lists)).toEqual([inFile("a.yml"), inFile("b.yml", 4), event("b.yml")]);
  });

  it("orders what only one shard each saw in a file from top to bottom", () => {
    const lists = [[inFile("a.csv", 9)], [inFile("a.csv", 10)], [inFile("a.csv", 2)]];

    expect(mergeCoverage(lists)).toEqual([inFile("a.csv", 2), inFile("a.csv", 9), inFile("a.csv", 10)]);
  });

  it("orders files that only their own shards tell of as they are read, by name", () => {
    const summary = event("3 files", { outcome: "empty", items: 0 });
    const lists = [
      [inFile("b.yml", 9), inFile("b.yml", 2), summary],
      [inFile("c.yml"), summary],
      [inFile("a.yml", 5), summary],
    ];

    expect(mergeCoverage(lists)).toEqual([
      inFile("a.yml", 5),
      inFile("b.yml", 9),
      inFile("b.yml", 2),
      inFile("c.yml"),
      summary,
    ]);
  });

  it.each(Array.from({ length: 20 }, (_, seed) => ({ seed })))(
    "is that of the run, however its events were shared out (seed $seed)",
    ({ seed }) => {
      const random = seeded(seed + 1);
      const draw = (below: number) => Math.floor(random() * below);
      const whole = Array.from({ length: 6 }, (_, source) => [
        ...Array.from({ length: draw(6) }, (_unused, file) => inFile(`${source}/${file}.yml`)),
        event(`source ${source % 4}`, { outcome: "empty", items: 0 }),
      ]).flat();
      const of = 1 + draw(7);
      const owners = whole.map(({ location }) => (location ? draw(of) : undefined));
      const lists = Array.from({ length: of }, (_, shard) =>
        whole.filter((_unused, index) => owners[index] === undefined || owners[index] === shard),
      );

      expect(mergeCoverage(lists)).toEqual(whole);
    },
  );
});
