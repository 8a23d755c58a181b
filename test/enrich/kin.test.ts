import { describe, expect, it } from "vitest";
import { type Sibling, sharingFacts, siblingFacts } from "../../src/enrich/kin.ts";

const now = 1_000;
const named = (sibling: Omit<Sibling, "id">, index: number) => ({ id: `id-${index}`, ...sibling });

describe("siblingFacts", () => {
  it.each([
    {
      what: "the newest active one stands beside no newer one",
      siblings: [
        { created: 100, isActive: true },
        { created: 400, isActive: true },
      ],
      facts: [
        { active: 2, overlap: 600, issued: [600, 900] },
        { active: 2, issued: [600, 900] },
      ],
    },
    {
      what: "one that is no longer active overlaps with nothing and counts as issued",
      siblings: [
        { created: 900, isActive: false },
        { created: 100, isActive: true },
      ],
      facts: [
        { active: 1, issued: [100, 900] },
        { active: 1, issued: [100, 900] },
      ],
    },
    {
      what: "one of unknown age is active, but neither the newest nor known to be older",
      siblings: [{ isActive: true }, { created: 100, isActive: true }],
      facts: [
        { active: 2, issued: [900] },
        { active: 2, issued: [900] },
      ],
    },
    {
      what: "of two of the same second the id decides which is the newest",
      siblings: [
        { created: 100, isActive: true },
        { created: 100, isActive: true },
      ],
      facts: [
        { active: 2, overlap: 900, issued: [900, 900] },
        { active: 2, issued: [900, 900] },
      ],
    },
    {
      what: "none is active",
      siblings: [{ isActive: false }, { isActive: false }],
      facts: [
        { active: 0, issued: [] },
        { active: 0, issued: [] },
      ],
    },
  ])("$what", ({ siblings, facts }) => {
    expect(siblingFacts(siblings.map(named), now)).toEqual(facts);
  });

  it("tells the same of each whatever the order", () => {
    const siblings = [100, 400, 400].map((created) => ({ created, isActive: true })).map(named);
    const backwards = [...siblings].reverse();

    expect(siblingFacts(backwards, now).reverse()).toEqual(siblingFacts(siblings, now));
  });

  it("lists the 32 youngest", () => {
    const siblings = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, created: index, isActive: true }));

    expect(siblingFacts(siblings, now)[0]?.issued).toEqual(Array.from({ length: 32 }, (_, index) => 961 + index));
  });
});

it("tells the environments of a secret sorted and once each, and how many other records there are", () => {
  expect(sharingFacts(["staging", undefined, "production", "staging"])).toEqual({
    environments: ["production", "staging"],
    tokens: 3,
  });
});
