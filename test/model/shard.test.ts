import { describe, expect, it } from "vitest";
import type { Token } from "../../src/model/documents.gen.ts";
import { isInShard, MOST_SHARDS, memberOf, parseShard, writeShard } from "../../src/model/shard.ts";
import { aToken } from "../support/tokens.ts";

const workflow = { permissions_from: "job" as const, triggers: ["push"] };
const place = (uri: string) => ({ uri, line: 1, column: 1 });

describe("a shard's name", () => {
  it.each(
    [
      ...["", "2", "/", "2/", "/4", "2/4/8", "2 of 4", "two/four"],
      ...["0/4", "5/4", "0/0", "-1/4", "+1/4", "1/-4"],
      ...["01/4", "1/04", "1.0/4", "1e0/4", "0x1/4", "¹/4", "١/٤"],
      ...[" 1/4", "1/4 ", "1/4\n", "1 / 4", "1\\4"],
      ...[`1/${MOST_SHARDS + 1}`, "1/99999", `1/${"9".repeat(400)}`],
    ].map((text) => ({ text })),
  )("is not $text", ({ text }) => {
    expect(parseShard(text)).toBeUndefined();
  });

  it.each([
    { text: "1/1", shard: { index: 1, of: 1 } },
    { text: "1/4", shard: { index: 1, of: 4 } },
    { text: "4/4", shard: { index: 4, of: 4 } },
    { text: "10/100", shard: { index: 10, of: 100 } },
    { text: `${MOST_SHARDS}/${MOST_SHARDS}`, shard: { index: MOST_SHARDS, of: MOST_SHARDS } },
  ])("is $text, which is written as it was read", ({ text, shard }) => {
    expect(parseShard(text)).toEqual(shard);
    expect(writeShard(shard)).toBe(text);
  });
});

describe("the shard of a unit", () => {
  // `printf %s UNIT | sha256sum`, the first twelve digits as a number, modulo the number of shards, plus one.
  it.each([
    { unit: "", shards: { 1: 1, 2: 1, 3: 2, 4: 1, 7: 2, 1000: 125 } },
    { unit: "github/acme/classic-pat/4211", shards: { 1: 1, 2: 1, 3: 2, 4: 3, 7: 2, 1000: 563 } },
    { unit: "acme/storefront", shards: { 1: 1, 2: 1, 3: 2, 4: 1, 7: 6, 1000: 29 } },
    { unit: ".github/workflows/release.yml", shards: { 1: 1, 2: 1, 3: 1, 4: 3, 7: 4, 1000: 975 } },
    { unit: "ключ/𝕒", shards: { 1: 1, 2: 2, 3: 2, 4: 2, 7: 5, 1000: 430 } },
  ])("of $unit is the one that a checksum tool gives", ({ unit, shards }) => {
    expect(Object.fromEntries(Object.keys(shards).map((of) => [of, shardsOf(unit, Number(of))]))).toEqual(
      Object.fromEntries(Object.entries(shards).map(([of, index]) => [of, [index]])),
    );
  });

  it.each([{ of: 1 }, { of: 2 }, { of: 3 }, { of: 7 }, { of: 64 }])("is exactly one of $of", ({ of }) => {
    const units = Array.from({ length: 100 }, (_, index) => `aws/123456789012/access-key/key-${index}`);

    expect(units.filter((unit) => shardsOf(unit, of).length !== 1)).toEqual([]);
  });

  it("is as likely as any other", () => {
    const of = 4;
    const counts = [0, 0, 0, 0];
    for (let number = 0; number < 8_000; number += 1) {
      const [index = 0] = shardsOf(`gitlab/acme/deploy-token/${number}`, of);
      counts[index - 1] = (counts[index - 1] ?? 0) + 1;
    }

    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});

it.each<{ what: string; unit: string; token: Partial<Token> }>([
  { what: "in an inventory by its id", unit: "github/acme/fine-grained-pat/4211", token: {} },
  {
    what: "on a line of a file by its id",
    unit: "github/acme/fine-grained-pat/4211",
    token: { location: place("a.csv") },
  },
  { what: "of a workflow by its file", unit: "b.yml", token: { location: place("b.yml"), workflow } },
  { what: "of a workflow without a place by its id", unit: "github/acme/fine-grained-pat/4211", token: { workflow } },
])("a token $what is in one shard", ({ unit, token }) => {
  const of = 7;
  const found = Array.from({ length: of }, (_, before) => before + 1).filter((index) =>
    memberOf({ index, of })?.(aToken(token)),
  );

  expect(found).toEqual(shardsOf(unit, of));
});

it("of a run that is not split nobody asks", () => {
  expect(memberOf(undefined)).toBeUndefined();
});

function shardsOf(unit: string, of: number): number[] {
  return Array.from({ length: of }, (_, before) => before + 1).filter((index) => isInShard(unit, { index, of }));
}
