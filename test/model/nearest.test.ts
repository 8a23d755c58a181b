import { expect, it } from "vitest";
import { nearest } from "../../src/model/nearest.ts";

const words = ["profile", "parameters", "policies", "sources", "fail_on"];

it.each([
  { word: "profle", expected: "profile", why: "a letter is missing" },
  { word: "porfile", expected: "profile", why: "two letters are swapped" },
  { word: "Sources", expected: "sources", why: "only the case differs" },
  { word: "failon", expected: "fail_on", why: "a sign is missing" },
  { word: "xyz", expected: undefined, why: "nothing is near" },
  { word: "", expected: undefined, why: "there is nothing to compare" },
  { word: "profiterole", expected: undefined, why: "too many letters differ" },
])("finds $expected for '$word', because $why", ({ word, expected }) => {
  expect(nearest(word, words)).toBe(expected);
});
