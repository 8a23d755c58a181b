import { describe, expect, it } from "vitest";
import { isThrottled, pace } from "../../../src/collect/github/limits.ts";

const NOW = Date.parse("2030-01-01T00:00:00Z");
const SECONDS = NOW / 1_000;

describe("isThrottled", () => {
  it.each([
    {
      name: "a refusal for good",
      status: 403,
      headers: { "x-ratelimit-remaining": "4999" },
      text: "Forbidden",
      is: false,
    },
    { name: "a name that speaks of limits", status: 200, headers: {}, text: '[{"name":"rate limit"}]', is: false },
    {
      name: "a name that quotes the error",
      status: 200,
      headers: {},
      text: '[{"name":"\\"type\\":\\"RATE_LIMITED\\""}]',
      is: false,
    },
    { name: "no right at all", status: 401, headers: { "x-ratelimit-remaining": "0" }, text: "", is: false },
    {
      name: "nothing left, but no word on when",
      status: 403,
      headers: { "x-ratelimit-remaining": "0" },
      text: "",
      is: false,
    },
    {
      name: "a spent budget",
      status: 403,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(SECONDS) },
      text: "",
      is: true,
    },
    { name: "429", status: 429, headers: {}, text: "", is: true },
    {
      name: "the secondary limit",
      status: 403,
      headers: {},
      text: "You have exceeded a secondary rate limit",
      is: true,
    },
    { name: "the secondary limit with seconds", status: 403, headers: { "retry-after": "60" }, text: "", is: true },
    { name: "GraphQL", status: 200, headers: {}, text: '{"errors":[{"type":"RATE_LIMITED"}]}', is: true },
  ])("$name: $is", ({ status, headers, text, is }) => {
    expect(isThrottled({ status, headers: new Headers(headers as Record<string, string>), text })).toBe(is);
  });
});

describe("pace", () => {
  it.each([
    { name: "nothing said", status: 200, headers: {}, wait: undefined },
    { name: "some left", status: 200, headers: { "x-ratelimit-remaining": "1" }, wait: undefined },
    { name: "a reset that is no number", status: 403, headers: { remaining: "0", reset: "soon" }, wait: undefined },
    { name: "none left", status: 200, headers: { remaining: "0", reset: String(SECONDS + 90) }, wait: 91_000 },
    { name: "a reset in the past", status: 403, headers: { remaining: "0", reset: String(SECONDS - 90) }, wait: 1_000 },
    { name: "429 without a word", status: 429, headers: {}, wait: 60_000 },
    { name: "429 with seconds, which the client reads", status: 429, headers: { "retry-after": "5" }, wait: undefined },
  ])("$name: $wait", ({ status, headers, wait }) => {
    const named = Object.entries(headers).map(([name, value]): [string, string] => [
      name === "remaining" || name === "reset" ? `x-ratelimit-${name}` : name,
      String(value),
    ]);
    expect(pace({ status, headers: new Headers(named), now: NOW })).toBe(wait);
  });
});
