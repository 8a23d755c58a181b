import { describe, expect, it } from "vitest";
import type { Token } from "../../src/model/documents.gen.ts";
import { cellsOf, countIn, noCells, shapeOf } from "../../src/model/token-shape.ts";

const DAY = 86_400;

function shapeIn(...tokens: Pick<Token, "facts" | "expires">[]) {
  const cells = noCells();
  for (const token of tokens) countIn(cells, token);
  return shapeOf(cells);
}

describe("a token's cells", () => {
  it.each([
    { what: "nothing is known of", token: {}, shape: [{ unknown: { unknown: 1 } }, { unknown: 1 }, { unknown: 1 }] },
    {
      what: "never ends",
      token: { expires: null, facts: { breadth: "full" as const, age: 8 * DAY } },
      shape: [{ full: { never: 1 } }, { never: 1 }, { "30d": 1 }],
    },
    {
      what: "lies on every boundary",
      token: { facts: { breadth: "narrow" as const, age: 7 * DAY, lifetime: 90 * DAY, expires_in: 84 * DAY } },
      shape: [{ narrow: { "90d": 1 } }, { "84d": 1 }, { "7d": 1 }],
    },
    {
      what: "lies a second past each",
      token: { facts: { age: 730 * DAY + 1, lifetime: 365 * DAY + 1, expires_in: 84 * DAY + 1 } },
      shape: [{ unknown: { longer: 1 } }, { "182d": 1 }, { longer: 1 }],
    },
    {
      what: "has expired, and is not yet a day old",
      token: { facts: { age: 0, lifetime: 0, expires_in: -1 } },
      shape: [{ unknown: { "1d": 1 } }, { expired: 1 }, { "7d": 1 }],
    },
  ])("of one that $what", ({ token, shape: [lifetimes, expiries, ages] }) => {
    expect(shapeIn(token)).toEqual({ lifetimes, expiries, ages });
  });
});

it("a shape read back has the same cells, and those of two parts add up to those of the whole", () => {
  const [one, other] = [{ expires: null }, { facts: { breadth: "broad" as const, age: DAY } }];
  const parts = [shapeIn(one), shapeIn(other)].map(cellsOf);

  expect(shapeOf(parts[0]?.map((count, at) => count + (parts[1]?.[at] ?? 0)) ?? [])).toEqual(shapeIn(one, other));
});

it("bands that no version knows are left out", () => {
  expect(
    shapeOf(cellsOf({ lifetimes: { full: { "2d": 4 } }, expiries: { constructor: 3 }, ages: { "7d": 1 } })),
  ).toEqual({
    lifetimes: {},
    expiries: {},
    ages: { "7d": 1 },
  });
});
