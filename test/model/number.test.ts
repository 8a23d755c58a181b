import { expect, it } from "vitest";
import { number } from "../../src/model/number.ts";

it.each([
  { count: 1, noun: "policy", text: "1 policy" },
  { count: 0, noun: "token", text: "0 tokens" },
  { count: 2, noun: "policy", text: "2 policies" },
  { count: 2, noun: "day", text: "2 days" },
])("says $text", ({ count, noun, text }) => {
  expect(number(count, noun)).toBe(text);
});
