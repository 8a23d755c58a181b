import { describe, expect, it } from "vitest";
import { figure, seconds } from "../../bench/figures.ts";

describe("figure", () => {
  it.each([
    { value: 0, text: "0.00" },
    { value: 0.0312, text: "0.031" },
    { value: 0.98765, text: "0.988" },
    { value: 1.0449, text: "1.04" },
    { value: 17.25, text: "17.3" },
    { value: 381.4, text: "381" },
    { value: 12_345.6, text: "12346" },
  ])("writes $value as $text", ({ value, text }) => {
    expect(figure(value)).toBe(text);
  });
});

describe("seconds", () => {
  it.each([
    { values: [0.04, 0.05, 0.06], text: "50.0 ms" },
    { values: [9, 10, 30], text: "10.0 s" },
  ])("writes the median as $text", ({ values, text }) => {
    expect(seconds(values)).toBe(text);
  });
});
