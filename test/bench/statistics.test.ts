import { describe, expect, it } from "vitest";
import { median, ratio, spread } from "../../bench/statistics.ts";

describe("median", () => {
  it("refuses to be the middle of nothing", () => {
    expect(() => median([])).toThrow("no values");
  });

  it.each([
    { title: "one value", values: [4], middle: 4 },
    { title: "an odd count out of order", values: [9, 1, 5], middle: 5 },
    { title: "an even count: between the two in the middle", values: [8, 1, 2, 4], middle: 3 },
    { title: "numbers, not texts", values: [10, 9, 100], middle: 10 },
  ])("takes the middle of $title", ({ values, middle }) => {
    expect(median(values)).toBe(middle);
  });

  it("leaves the values in their order", () => {
    const values = [3, 1, 2];

    median(values);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe("ratio", () => {
  it("refuses runs that do not stand side by side", () => {
    expect(() => ratio([1, 2], [1])).toThrow("2 runs stand against 1");
  });

  it("divides the medians, and tells the extremes of the pairs", () => {
    const found = ratio([10, 40, 20], [5, 4, 20]);

    expect(found).toEqual({ value: 4, low: 1, high: 10, runs: 3 });
  });
});

describe("spread", () => {
  it("tells the middle, the lowest, the highest and how many", () => {
    expect(spread([400, 380, 390])).toEqual({ value: 390, low: 380, high: 400, runs: 3 });
  });
});
