import { describe, expect, it } from "vitest";
import { starMatcher } from "../../src/model/pattern.ts";

describe("a pattern", () => {
  it.each([
    { pattern: "a", text: "ab" },
    { pattern: "a*", text: "ba" },
    { pattern: "*a", text: "ab" },
    { pattern: "aba*aba", text: "aba" },
    { pattern: "a*bc*d", text: "a bd c d" },
    { pattern: "*abac*", text: "ababab" },
    { pattern: "a?c", text: "abc" },
    { pattern: "[ab]*", text: "ab" },
    { pattern: ".*", text: "ab" },
    { pattern: "A*", text: "ab" },
  ])("$pattern does not match $text", ({ pattern, text }) => {
    expect(starMatcher(pattern)(text)).toBe(false);
  });

  it.each([
    { pattern: "*", text: "" },
    { pattern: "**", text: "any\nthing" },
    { pattern: "a*a", text: "aa" },
    { pattern: "*abac*", text: "abababac" },
    { pattern: "*aab*aab", text: "aaabaab" },
    { pattern: "github/*/pat/*", text: "github/acme/pat/7" },
    { pattern: "a.c*", text: "a.cd" },
  ])("$pattern matches $text", ({ pattern, text }) => {
    expect(starMatcher(pattern)(text)).toBe(true);
  });

  it("means the same as a regular expression with .* for each asterisk", () => {
    const words = (length: number): string[] =>
      length === 0 ? [""] : words(length - 1).flatMap((word) => [`${word}a`, `${word}b`, `${word}*`]);
    const texts = [1, 2, 3, 4, 5].flatMap(words).filter((text) => !text.includes("*"));
    for (const pattern of [1, 2, 3, 4, 5].flatMap(words)) {
      const matches = starMatcher(pattern);
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
      expect(texts.filter(matches)).toEqual(texts.filter((text) => expected.test(text)));
    }
  });
});
