import { describe, expect, it } from "vitest";
import { cell, cut, cutWords, widthOf, wrap } from "../../src/report/width.ts";

describe("the width of text", () => {
  it.each([
    { text: "", width: 0 },
    { text: "deploy", width: 6 },
    { text: "Zürich", width: 6 },
    { text: "Zu\u0308rich", width: 6 },
    { text: "令牌", width: 4 },
    { text: "トークン", width: 8 },
    { text: "ﾄｰｸﾝ", width: 4 },
    { text: "Ｆ", width: 2 },
    { text: "🚀", width: 2 },
    { text: "❤️", width: 2 },
    { text: "👍🏽", width: 2 },
    { text: "🇨🇭", width: 2 },
  ])("$text is $width", ({ text, width }) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe("text cut to a width", () => {
  it.each([
    { text: "deploy", width: 6, start: "deploy", end: "deploy" },
    { text: "deploy", width: 5, start: "depl…", end: "…ploy" },
    { text: "令牌令牌", width: 6, start: "令牌…", end: "…令牌" },
    { text: "a bcdef", width: 3, start: "a…", end: "…ef" },
    { text: "Zu\u0308rich", width: 3, start: "Zu\u0308…", end: "…ch" },
  ])("$text in $width columns keeps its start as $start, its end as $end", ({ text, width, start, end }) => {
    expect([cut(text, width), cut(text, width, "end")]).toEqual([start, end]);
  });

  it.each([
    { text: "one two three", width: 13, shown: "one two three" },
    { text: "one two three", width: 12, shown: "one two…" },
    { text: "one two three", width: 8, shown: "one two…" },
    { text: "one two three", width: 7, shown: "one…" },
    { text: "onetwothree", width: 6, shown: "onetw…" },
  ])("$text in $width columns ends with a whole word where there is one: $shown", ({ text, width, shown }) => {
    expect(cutWords(text, width)).toBe(shown);
  });

  it("fills its cell, also where a wide character leaves one column over", () => {
    expect(["ab", "abcdef", "令牌令牌"].map((text) => cell(text, 4))).toEqual(["ab  ", "abc…", "令… "]);
  });

  it("does not measure a megabyte to show twenty columns", () => {
    const name = "令".repeat(1_000_000);

    expect(widthOf(name)).toBeGreaterThan(1_000);
    expect(widthOf(cut(name, 20))).toBeLessThanOrEqual(20);
    expect(wrap(name, 20)).toHaveLength(3);
  });
});

describe("text in lines", () => {
  it.each([
    { case: "nothing", text: "", lines: [] },
    { case: "a short text", text: "one two", lines: ["one two"] },
    { case: "a break at a blank", text: "one two three", lines: ["one two", "three"] },
    { case: "a word that just fits", text: "onetwoth re", lines: ["onetwoth", "re"] },
    { case: "a word longer than a line", text: "onetwothree four", lines: ["onetwoth", "ree four"] },
    { case: "a URL longer than a line", text: "at a.io/bc/d?e", lines: ["at", "a.io/bc/", "d?e"] },
    { case: "a seam that would leave a line half empty", text: "a/bcdefghij", lines: ["a/bcdefg", "hij"] },
    { case: "more than three lines", text: "one two three four five six", lines: ["one two", "three", "four…"] },
    { case: "wide characters", text: "令牌令牌令牌", lines: ["令牌令牌", "令牌"] },
  ])("of 8 columns: $case", ({ text, lines }) => {
    expect(wrap(text, 8)).toEqual(lines);
  });
});
