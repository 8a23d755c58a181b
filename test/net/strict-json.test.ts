import { describe, expect, it } from "vitest";
import { readJson } from "../../src/net/strict-json.ts";

describe("is refused", () => {
  it.each([
    ["", "is empty"],
    [" \n", "is empty"],
    ['{"a": 1', "is cut off or is no JSON"],
    ['["a", "b', "is cut off or is no JSON"],
    ['["a\\', "is cut off or is no JSON"],
    ["{'a': 1}", "is cut off or is no JSON"],
    ["NaN", "is cut off or is no JSON"],
    ['{"a": 1} {"b": 2}', "is cut off or is no JSON"],
    ['{"a": 1, "a": 2}', "has a key that stands twice in one object"],
    ['{"a": 1, "\\u0061": 1}', "has a key that stands twice in one object"],
    ['[{"b": {"c:": 1, "c:": 1}}]', "has a key that stands twice in one object"],
    ['{"__proto__": {}}', "has a key __proto__"],
    ['[{"\\u005f_proto__": 1}]', "has a key __proto__"],
    ["[".repeat(101) + "]".repeat(101), "nests more than 100 levels deep"],
    ["[".repeat(200_000), "nests more than 100 levels deep"],
    ['{"a":'.repeat(150), "nests more than 100 levels deep"],
  ])("%.40s", (text, fault) => {
    expect(readJson(text)).toEqual({ fault });
  });
});

describe("is read", () => {
  it.each([
    "null",
    "0",
    '""',
    '"a: {[\\"\\\\"',
    "[]",
    "{}",
    '{"a": {"a": [{"a": 1}, {"a": 2}]}, "b": "x: y"}',
    '{"": 1, " ": 2, "constructor": 3, "a:b": ":"}',
    '{"a\\"": "\\\\", "a\\\\": "\\""}',
    "[".repeat(100) + "]".repeat(100),
  ])("%.60s", (text) => {
    expect(readJson(text)).toEqual({ value: JSON.parse(text) });
  });
});
