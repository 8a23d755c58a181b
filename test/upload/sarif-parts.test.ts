import { gunzipSync } from "node:zlib";
import type { Log, Run } from "sarif";
import { describe, expect, it } from "vitest";
import { inCategory, readSarif } from "../../src/upload/sarif-file.ts";
import { type Held, type Part, partsOf, SARIF_LIMITS } from "../../src/upload/sarif-parts.ts";
import { runOf, sarifOf, upTo } from "./sarif.ts";

const none: Held = new Map();
const small = { ...SARIF_LIMITS, results: 10 };
const read = (...runs: readonly Run[]) => readSarif(sarifOf(...runs), "tokens.sarif", false);
const logIn = ({ bytes }: Part) => JSON.parse(gunzipSync(bytes).toString("utf8")) as Log;
const heldAs = (...categories: string[]): Held =>
  new Map([["tokenward", new Map(categories.map((name) => [name, true]))]]);
const named = (name: string): Partial<Run> => ({ tool: { driver: { name } } });

describe("a document", () => {
  it.each([
    { what: "no JSON", text: "{", reason: /not JSON/ },
    { what: "a list", text: "[]", reason: /version/ },
    { what: "another version", text: '{"version":"2.0.0","runs":[]}', reason: /version/ },
    { what: "no runs", text: '{"version":"2.1.0"}', reason: /no runs/ },
    { what: "an empty list of runs", text: '{"version":"2.1.0","runs":[]}', reason: /no runs/ },
    { what: "a run that is none", text: '{"version":"2.1.0","runs":[1]}', reason: /run 1 is no mapping/ },
    {
      what: "a run without results",
      text: '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}}}]}',
      reason: /run 1 has no results/,
    },
    { what: "a run without a tool", text: '{"version":"2.1.0","runs":[{"results":[]}]}', reason: /name its tool/ },
  ])("is refused where it is $what", ({ text, reason }) => {
    expect(() => readSarif(text, "tokens.sarif", false)).toThrow(reason);
  });

  it("of an incomplete run is refused unless that is tolerated", () => {
    const text = sarifOf(runOf([1], { invocations: [{ executionSuccessful: false }] }));

    expect(() => readSarif(text, "tokens.sarif", false)).toThrow(/incomplete run.*close the alerts/);
    expect(readSarif(text, "tokens.sarif", true).runs).toHaveLength(1);
  });

  it.each([
    { id: undefined, category: "" },
    { id: "nightly/", category: "nightly" },
    { id: "nightly/7", category: "nightly" },
    { id: "a/b/", category: "a/b" },
    { id: "nightly", category: "" },
  ])("with the id $id is of the category '$category'", ({ id, category }) => {
    const run = runOf([], id === undefined ? {} : { automationDetails: { id } });

    expect(read(run).runs[0]?.category).toBe(category);
  });

  it("takes another category, and keeps what else its details say", () => {
    const automationDetails = { id: "old/7", guid: "00000000-0000-4000-8000-000000000000" };

    const sarif = inCategory(read(runOf([1], { automationDetails })), "new/");

    expect(JSON.parse(sarif.text)).toMatchObject({
      runs: [{ automationDetails: { ...automationDetails, id: "new/7" } }],
    });
  });

  it("is left as it is where no category is named", () => {
    const sarif = read(runOf([1]));

    expect(inCategory(sarif, undefined).text).toBe(sarif.text);
  });

  it("with two runs of one tool in one category is refused, also where the command makes it so", () => {
    const two = read(runOf([1]), runOf([2], { automationDetails: { id: "b/" } }));

    expect(() => inCategory(read(runOf([1]), runOf([2])), undefined)).toThrow(/two runs of tokenward/);
    expect(() => inCategory(two, "c")).toThrow(/two runs of tokenward in the category "c"/);
    expect(inCategory(two, undefined).runs).toHaveLength(2);
  });
});

describe("what fits", () => {
  it("is one part, byte for byte, up to the limit", () => {
    const sarif = read(runOf(upTo(10)));

    const parts = partsOf(sarif, none, small);

    expect(parts).toMatchObject([{ results: 10, categories: [""], tool: "tokenward" }]);
    expect(parts.map(({ bytes }) => gunzipSync(bytes).toString("utf8"))).toEqual([sarif.text]);
  });

  it("is one part of several runs and tools", () => {
    expect(partsOf(read(runOf([1]), runOf([2], named("other"))), none, small)).toMatchObject([
      { results: 2, tool: undefined },
    ]);
  });
});

describe("what does not fit", () => {
  it.each([
    { count: 11, parts: 2 },
    { count: 25, parts: 3 },
    { count: 95, parts: 10 },
  ])(
    "$count results of at most 10 become at least $parts parts, with every result in one of them",
    ({ count, parts }) => {
      const made = partsOf(read(runOf(upTo(count))), none, small);

      const texts = made.flatMap((part) =>
        logIn(part).runs.flatMap(({ results = [] }) => results.map(({ message }) => message.text)),
      );
      expect(made.length).toBeGreaterThanOrEqual(parts);
      expect(made.every(({ results }) => results <= 10)).toBe(true);
      expect(texts.toSorted()).toEqual(
        upTo(count)
          .map((number) => `token ${number} is too old`)
          .toSorted(),
      );
    },
  );

  it("keeps tool, rules and invocations in every part, each in a category of its own", () => {
    const run = runOf(upTo(15), { automationDetails: { id: "nightly/7" } });

    const made = partsOf(read(run), none, small);

    const [{ tool, invocations }] = [run];
    expect(made.map(logIn)).toMatchObject(made.map(() => ({ version: "2.1.0", runs: [{ tool, invocations }] })));
    expect(made.map((part) => logIn(part).runs[0]?.automationDetails?.id).toSorted()).toEqual([
      "nightly/7",
      ...made.slice(1).map((_, index) => `nightly/part-${index + 2}/7`),
    ]);
  });

  it("more than 20 runs become a part each", () => {
    const runs = upTo(21).map((number) => runOf([number], named(`tool ${number}`)));

    expect(partsOf(read(...runs), none)).toHaveLength(21);
  });

  it("is cut by its size as well", () => {
    const whole = partsOf(read(runOf(upTo(200))), none)[0]?.bytes.length ?? 0;

    const made = partsOf(read(runOf(upTo(200))), none, { ...SARIF_LIMITS, bytes: whole - 1 });

    expect(made.length).toBeGreaterThan(1);
    expect(made.every(({ bytes }) => bytes.length < whole)).toBe(true);
  });

  it.each([
    { what: "one result is too large", limits: { ...SARIF_LIMITS, bytes: 100 }, count: 3 },
    { what: "there would be too many parts", limits: { ...small, parts: 3 }, count: 100 },
  ])("is refused where $what", ({ limits, count }) => {
    expect(() => partsOf(read(runOf(upTo(count))), none, limits)).toThrow(/cannot be cut into parts/);
  });
});

describe("from one upload to the next", () => {
  const shares = (count: number) =>
    new Map(
      partsOf(read(runOf(upTo(count))), none, small).flatMap((part) =>
        logIn(part).runs.flatMap(({ results = [] }) =>
          results.map(({ message }) => [message.text ?? "", part.categories[0] ?? ""] as const),
        ),
      ),
    );

  it("a result stays in its part, or moves to a new one where parts are added", () => {
    const [before, after] = [shares(40), shares(70)];

    const known = new Set(before.values());
    const moved = [...before].filter(([text, category]) => after.get(text) !== category);

    expect(new Set(after.values()).size).toBeGreaterThan(known.size);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.filter(([text]) => known.has(after.get(text) ?? ""))).toEqual([]);
  });

  it("new parts go first, so that no moved result is ever nowhere", () => {
    const categories = partsOf(read(runOf(upTo(25))), heldAs("", "part-2"), small).map((part) => part.categories[0]);

    expect(categories.slice(0, -2)).not.toContain("part-2");
    expect(categories.slice(-2)).toEqual(["", "part-2"]);
  });

  it("parts that are no longer needed are emptied last", () => {
    const parts = partsOf(read(runOf(upTo(5))), heldAs("", "part-2", "part-3"), small);

    expect(parts.map(({ categories, results }) => [categories[0], results])).toEqual([
      ["", 5],
      ["part-2", 0],
      ["part-3", 0],
    ]);
  });

  it.each([
    { what: "empty already", held: new Map([["tokenward", new Map([["part-2", false]])]]) },
    { what: "of another category", held: heldAs("nightly/part-2") },
    { what: "no parts at all", held: heldAs("nightly", "part-one", "party-2") },
    { what: "of another tool", held: new Map([["other", new Map([["part-2", true]])]]) },
  ])("what is $what is left alone", ({ held }) => {
    expect(partsOf(read(runOf(upTo(5))), held, small)).toHaveLength(1);
  });
});
