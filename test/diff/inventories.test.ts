import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffInventories } from "../../src/diff/inventories.ts";
import { openJoin } from "../../src/diff/join.ts";
import type { Coverage, Token } from "../../src/model/documents.gen.ts";
import type { Collected } from "../../src/model/flow.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { aCoverage, aToken, seeded, shuffled, streamOf } from "../support/tokens.ts";

const token = (native: string, over: Partial<Token> = {}): Token => {
  const [provider, account] = ["github", "acme"];
  return aToken({
    id: `github/acme/classic-pat/${native}`,
    provider,
    account,
    kind: "github/classic-pat",
    name: native,
    ...over,
  });
};
const read = aCoverage({ source: "github", account: "acme", outcome: "read" });
const denied = aCoverage({ source: "github", account: "acme", outcome: "denied" });
const items = (tokens: Token[], coverage: Coverage) => [
  ...tokens.map((one): Collected => ({ token: one })),
  { coverage },
];
const noScratch = () => {
  throw new Error("so few tokens fit into memory");
};
const diff = (old: Token[], now: Token[], [before, after] = [read, read]) =>
  diffInventories({ old: streamOf(items(old, before)), new: streamOf(items(now, after)) }, noScratch);
const told = async (...args: Parameters<typeof diff>) =>
  (await diff(...args)).tokens.map(({ id, changes }) => `${id.slice(id.lastIndexOf("/") + 1)} ${changes.join("+")}`);

const bot = { type: "service" as const, id: "bot" };
const key = (native: string, created: string, over: Partial<Token> = {}) =>
  token(native, { name: "deploy", principal: bot, created, ...over });

describe("two inventories", () => {
  it("tell what came and what went, by id", async () => {
    expect(await told([token("a"), token("b")], [token("c"), token("b")])).toEqual(["a vanished", "c appeared"]);
  });

  it.each([
    {
      what: "of which the new one could not read the source",
      coverage: [read, denied],
      tokens: ["a unknown", "c appeared"],
    },
    { what: "of which the old one could not", coverage: [denied, read], tokens: ["a vanished", "c unknown"] },
    {
      what: "whose source the new one did not ask",
      coverage: [read, aCoverage({ source: "aws" })],
      tokens: ["a unknown", "c appeared"],
    },
  ])("do not say that a token came or went $what", async ({ coverage, tokens }) => {
    const [before = read, after = read] = coverage;

    expect(await told([token("a")], [token("c")], [before, after])).toEqual(tokens);
    expect((await diff([token("a")], [token("c")], [before, after])).incomplete).toBe(true);
    expect((await diff([token("b")], [token("b")], [before, after])).incomplete).toBe(false);
    const doubts = [before, after].flatMap(({ outcome }, side) => (outcome === "denied" ? [["old", "new"][side]] : []));
    expect((await diff([token("b")], [token("b")], [before, after])).doubts).toEqual(
      doubts.map((side) => expect.stringContaining(`the ${side} run is incomplete`)),
    );
  });

  it.each<{ what: string; old: Token; now: Token; is: string[] }>([
    {
      what: "for another principal",
      old: key("a", "2029-01-01T00:00:00Z"),
      now: key("b", "2030-01-01T00:00:00Z", { principal: { ...bot, id: "x" } }),
      is: ["a vanished", "b appeared"],
    },
    {
      what: "with other scopes",
      old: key("a", "2029-01-01T00:00:00Z", { grants: [] }),
      now: key("b", "2030-01-01T00:00:00Z"),
      is: ["a vanished", "b appeared"],
    },
    {
      what: "of another name",
      old: key("a", "2029-01-01T00:00:00Z"),
      now: key("b", "2030-01-01T00:00:00Z", { name: "x" }),
      is: ["a vanished", "b appeared"],
    },
    {
      what: "that was issued before",
      old: key("a", "2030-01-01T00:00:00Z"),
      now: key("b", "2029-01-01T00:00:00Z"),
      is: ["a vanished", "b appeared"],
    },
  ])("do not take a token $what for a successor", async ({ old, now, is }) => {
    expect(await told([old], [now])).toEqual(is);
  });

  it("know a successor, whether the token before it is gone or off", async () => {
    const [old, now] = [key("a", "2029-01-01T00:00:00Z"), key("b", "2030-01-01T00:00:00Z", { expires: null })];
    const { tokens } = await diff([old], [now]);

    expect(tokens).toMatchObject([{ changes: ["rotated"], replaces: old.id, details: [] }]);
    expect(await told([old], [{ ...old, status: "disabled" }, now])).toEqual(["a narrowed", "b rotated"]);
    expect(await told([old], [old, now])).toEqual(["b appeared"]);
    expect(await told([old], [now], [read, denied])).toEqual(["a unknown", "b appeared"]);
  });

  it("pair several tokens of one purpose, the oldest first, and say what a successor has more", async () => {
    const old = [key("a", "2029-02-01T00:00:00Z"), key("b", "2029-01-01T00:00:00Z")];
    const now = [
      key("c", "2030-01-01T00:00:00Z"),
      key("d", "2030-02-01T00:00:00Z", { network: null, unknown: {} }),
      key("e", "2030-03-01T00:00:00Z"),
    ];
    const { tokens } = await diff(old, now);

    expect(tokens.map(({ replaces }) => replaces)).toEqual([old[1]?.id, old[0]?.id, undefined]);
  });

  it("count every token, and those that are the same only as far as is known apart", async () => {
    const known = token("k", { grants: [], reach: null, network: null, expires: null });
    const partly = token("p");
    delete partly.network;
    const found = await diff([known, partly], [known, partly]);

    expect(found).toMatchObject({ incomplete: false, tokens: [], summary: { unchanged: 1, uncertain: 1, widened: 0 } });
    const document = { schema_version: 1, tool: { name: "t", version: "1" }, old: { file: "a" }, new: { file: "b" } };
    expect(faultsIn("diff", { ...document, ...(await diff([known], [partly])) })).toEqual([]);
  });
});

describe("the join of two inventories", () => {
  it("brings each id together once, whatever the order, the alphabet and the size", () => {
    const scratch = mkdtempSync(join(tmpdir(), "tokenward-diff-"));
    const ids = [
      "é",
      "e",
      "\u{1f511}",
      "\uffff",
      "a\tb",
      'a"b',
      "a",
      "ab",
      ...Array.from({ length: 11_000 }, (_, index) => `n${index}`),
    ];
    const random = seeded(7);
    const joined = openJoin<Token>(() => scratch, "tokens");
    for (const id of shuffled(ids, random)) joined.add("old", aToken({ id }));
    for (const id of shuffled(ids, random)) if (id !== "a") joined.add("new", aToken({ id }));

    const pairs = [...joined.pairs()];

    rmSync(scratch, { recursive: true });
    expect(new Set(pairs.map(({ old }) => old?.id))).toEqual(new Set(ids));
    expect(pairs).toHaveLength(ids.length);
    expect(pairs.filter(({ old, new: now }) => old?.id !== now?.id)).toMatchObject([{ old: { id: "a" } }]);
  });
});
