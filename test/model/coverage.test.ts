import { expect, it } from "vitest";
import { countGaps, isGap, isLeftOut } from "../../src/model/coverage.ts";

it.each([
  { outcome: "read", gap: false, leftOut: false },
  { outcome: "empty", gap: false, leftOut: false },
  { outcome: "denied", gap: true, leftOut: false },
  { outcome: "failed", gap: true, leftOut: false },
  { outcome: "not-asked", gap: false, leftOut: true },
  { outcome: "not-exposed", gap: false, leftOut: true },
])("$outcome is a gap: $gap, left out on purpose: $leftOut", ({ outcome, gap, leftOut }) => {
  expect({ gap: isGap(outcome), leftOut: isLeftOut(outcome) }).toEqual({ gap, leftOut });
});

it("counts as gaps what was denied and what failed", () => {
  const others = { read: 1, empty: 10, "not-asked": 100, "not-exposed": 1_000 };

  expect(countGaps({ ...others, denied: 2, failed: 3 })).toBe(5);
});
