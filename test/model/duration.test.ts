import { describe, expect, it } from "vitest";
import { exactDuration, formatDuration, parseDuration, writeDuration } from "../../src/model/duration.ts";

describe("parseDuration", () => {
  it.each([
    "",
    "90",
    "d",
    "-90d",
    "+90d",
    "9.5d",
    "90 d",
    "90D",
    "1d12h",
    "1y",
    "1mo",
    "P",
    "PT",
    "P1M",
    "P1Y",
    "P1DT",
    "P1W2D",
    "p90d",
    "-P90D",
    "1234567890d",
    "1e3d",
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    { text: "0d", seconds: 0 },
    { text: "45s", seconds: 45 },
    { text: "30m", seconds: 1_800 },
    { text: "8h", seconds: 28_800 },
    { text: "90d", seconds: 7_776_000 },
    { text: "2w", seconds: 1_209_600 },
    { text: "P90D", seconds: 7_776_000 },
    { text: "P2W", seconds: 1_209_600 },
    { text: "PT8H", seconds: 28_800 },
    { text: "P1DT2H3M4S", seconds: 93_784 },
  ])("reads $text as $seconds seconds", ({ text, seconds }) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});

describe("formatDuration", () => {
  it.each([
    { seconds: 0, text: "0 seconds" },
    { seconds: 1, text: "1 second" },
    { seconds: 3_600, text: "1 hour" },
    { seconds: 86_400, text: "1 day" },
    { seconds: 100_800, text: "1 day 4 hours" },
    { seconds: 93_784, text: "1 day 2 hours" },
    { seconds: 7_776_001, text: "90 days" },
    { seconds: 26_352_060, text: "305 days" },
    { seconds: 3_601, text: "1 hour" },
    { seconds: 61, text: "1 minute 1 second" },
    { seconds: -86_400, text: "-1 day" },
    { seconds: -93_784, text: "-1 day 2 hours" },
  ])("says $text for $seconds seconds, in one unit and the next smaller", ({ seconds, text }) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("exactDuration", () => {
  it.each([
    { seconds: 0, text: "0 seconds" },
    { seconds: 86_400, text: "1 day" },
    { seconds: 7_776_001, text: "90 days 1 second" },
    { seconds: 93_784, text: "1 day 2 hours 3 minutes 4 seconds" },
    { seconds: -61, text: "-1 minute 1 second" },
  ])("says $text for $seconds seconds, to the second", ({ seconds, text }) => {
    expect(exactDuration(seconds)).toBe(text);
  });
});

describe("writeDuration", () => {
  it.each([
    { seconds: 0, text: "0s" },
    { seconds: 45, text: "45s" },
    { seconds: 90, text: "90s" },
    { seconds: 120, text: "2m" },
    { seconds: 129_600, text: "36h" },
    { seconds: 7_776_000, text: "90d" },
  ])("writes $seconds seconds as $text, and reads them back", ({ seconds, text }) => {
    expect(writeDuration(seconds)).toBe(text);
    expect(parseDuration(text)).toBe(seconds);
  });
});
