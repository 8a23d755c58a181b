import { describe, expect, it } from "vitest";
import { rationaleOf, settingText } from "../../src/model/setting-text.ts";

describe("a parameter's value", () => {
  it.each([
    { type: "duration", value: 7_776_000, text: "90d" },
    { type: "integer", value: 86_400, text: "86400" },
    { type: undefined, value: 86_400, text: "86400" },
    { type: "list", value: ["read", "write"], text: "read, write" },
    { type: "list", value: [], text: "(none)" },
  ])("of type $type reads $text", ({ type, value, text }) => {
    expect(settingText(type, { value })).toBe(text);
  });
});

describe("why a number differs", () => {
  it.each([
    { setting: {}, words: [] },
    { setting: { approved_by: "ciso" }, words: ["approved by ciso"] },
    {
      setting: { review_by: "2030-06-30", approved_by: "ciso", reason: "analysis 7" },
      words: ["analysis 7", "approved by ciso", "review by 2030-06-30"],
    },
  ])("is $words", ({ setting, words }) => {
    expect(rationaleOf(setting)).toEqual(words);
  });
});
