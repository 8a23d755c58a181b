import { describe, expect, it } from "vitest";
import { openLate } from "../../src/collect/late.ts";
import { hashOf, openSeen } from "../../src/collect/seen.ts";

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `github/acme/pat/${from + index}`);

describe("the ids that have passed", () => {
  it("finds an id again with the place of its first time", () => {
    const seen = openSeen();

    expect(seen.before(...hashOf("a"), 3, 7)).toBeUndefined();
    expect(seen.before(...hashOf("b"), 4, 8)).toBeUndefined();
    expect(seen.before(...hashOf("a"), 5, 9)).toEqual({ name: 3, line: 7 });
  });

  it("keeps them all apart while the table grows", () => {
    const seen = openSeen();

    const fresh = ids(50_000).filter((id, line) => seen.before(...hashOf(id), 0, line) === undefined);
    const again = ids(50_000).map((id) => seen.before(...hashOf(id), 9, 9)?.line);

    expect(fresh).toHaveLength(50_000);
    expect(again).toEqual(ids(50_000).map((_, index) => index));
    expect(seen.unchecked()).toBe(0);
  });

  it("says how many came when the table was full, and still knows the ones before", () => {
    const seen = openSeen(1 << 12);
    const room = 1 << 11;

    for (const id of ids(room + 10)) seen.before(...hashOf(id), 0, 1);

    expect(seen.unchecked()).toBe(10);
    expect(seen.before(...hashOf("github/acme/pat/0"), 0, 2)).toEqual({ name: 0, line: 1 });
  });
});

it("hashes alike only what is alike", () => {
  const hashes = new Set(ids(200_000).map((id) => hashOf(id).join()));

  expect(hashes.size).toBe(200_000);
  expect(hashOf("ab")).not.toEqual(hashOf("ba"));
});

describe("ids kept on disk", () => {
  it.each([
    { what: "nothing", add: [], repeated: 0 },
    { what: "ids that differ", add: ids(1_000), repeated: 0 },
    { what: "one id twice", add: [...ids(1_000), ...ids(1)], repeated: 1 },
    { what: "one id three times, another twice", add: [...ids(300), ...ids(2), ...ids(1)], repeated: 3 },
  ])("counts what stands more than once among $what", ({ add, repeated }) => {
    const late = openLate();
    for (const id of add) late.add(...hashOf(id));

    expect(late.repeated()).toBe(repeated);
  });
});
