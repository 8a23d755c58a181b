import { describe, expect, it } from "vitest";
import { findNeedles } from "../../src/model/needles.ts";

const find = findNeedles(
  [
    { word: "she", group: 1 },
    { word: "he", group: 2 },
    { word: "hers", group: 4 },
    { word: "sk-", group: 8, isStart: true },
    { word: "stop", group: 16 },
  ],
  16,
);

describe("findNeedles", () => {
  it.each([
    { text: "", groups: 0, why: "an empty text" },
    { text: "shhh er s", groups: 0, why: "beginnings alone" },
    { text: "task-1", groups: 0, why: "a beginning inside a word" },
    { text: "9sk-1", groups: 0, why: "a beginning behind a digit" },
    { text: "%2Fask-1", groups: 0, why: "a beginning inside a word behind a code" },
    { text: "hé", groups: 0, why: "characters outside ASCII" },
    { text: "ushers", groups: 1 + 2 + 4, why: "words inside and across each other" },
    { text: "shshe", groups: 1 + 2, why: "a word behind its own beginning" },
    { text: "HeRs", groups: 2 + 4, why: "capitals" },
    { text: "sk-1", groups: 8, why: "a beginning at the start" },
    { text: "x.sk-1", groups: 8, why: "a beginning behind a mark" },
    { text: "a%2fsk-1", groups: 8, why: "a beginning behind a percent code" },
    { text: "stop he", groups: 16, why: "nothing more after enough" },
  ])("finds in $text what is there: $why", ({ text, groups }) => {
    expect(find(text)).toBe(groups);
  });

  it("finds what plain search finds, in any text", () => {
    const letters = "hersHEé ";
    for (let seed = 1; seed < 3_000; seed += 1) {
      const text = Array.from(
        { length: 8 },
        (_, at) => letters[(seed * (at * 7 + 3) + (seed >> at)) % letters.length],
      ).join("");
      const small = text.toLowerCase();
      const expected =
        (small.includes("she") ? 1 : 0) + (small.includes("he") ? 2 : 0) + (small.includes("hers") ? 4 : 0);

      expect(find(text), text).toBe(expected);
    }
  });
});
