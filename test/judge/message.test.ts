import { describe, expect, it } from "vitest";
import { failMessage, unknownMessage } from "../../src/judge/message.ts";
import type { Policy } from "../../src/model/documents.gen.ts";
import { aPolicy, days } from "../support/tokens.ts";

const evidence: Policy["evidence"] = {
  age: "duration",
  max_age: "duration",
  idle: "duration",
  expires: "instant",
  count: "number",
  scopes: "list",
  status: "text",
};
const render = (message: string, values: Record<string, unknown>) =>
  failMessage(aPolicy({ message, evidence }), values);
const words = (count: number) => Array.from({ length: count }, (_, index) => `s${index + 1}`);

describe("a value that cannot be told", () => {
  it.each([
    {
      what: "that the rule did not yield shows as such",
      message: "issued {age} ago",
      values: {},
      shown: "issued ? ago",
    },
    { what: "known to be none", message: "expires: {expires}", values: { expires: null }, shown: "expires: none" },
    { what: "an empty list", message: "scopes: {scopes}", values: { scopes: [] }, shown: "scopes: none" },
    { what: "a mapping", message: "{status}", values: { status: { a: 1 } }, shown: '{"a":1}' },
    { what: "a list of mappings", message: "{scopes}", values: { scopes: [{ a: 1 }, null] }, shown: '{"a":1}, none' },
    { what: "a text where a duration belongs", message: "{age}", values: { age: "old" }, shown: "old" },
  ])("$what: $shown", ({ message, values, shown }) => {
    expect(render(message, values)).toBe(shown);
  });
});

describe("a value in its own words", () => {
  it.each([
    {
      what: "a duration in its largest unit and the next",
      message: "issued {age} ago; the limit is {max_age}",
      values: { age: days(305) + 4 * 3_600 + 61, max_age: days(90) + 1 },
      shown: "issued 305 days 4 hours ago; the limit is 90 days",
    },
    {
      what: "two durations that are the same as the same",
      message: "expires in {age}; reported from {max_age}",
      values: { age: days(14), max_age: days(14) },
      shown: "expires in 14 days; reported from 14 days",
    },
    {
      what: "durations that differ never alike",
      message: "issued {age} ago; the limit is {max_age}",
      values: { age: days(90) + 1, max_age: days(90) },
      shown: "issued 90 days 1 second ago; the limit is 90 days",
    },
    {
      what: "durations that differ by minutes never alike, others beside them as ever",
      message: "{age} {max_age} {idle}",
      values: { age: days(1) + 3_600 + 60, max_age: days(1) + 3_600 + 61, idle: days(2) + 1 },
      shown: "1 day 1 hour 1 minute 1 day 1 hour 1 minute 1 second 2 days",
    },
    { what: "a duration of nothing", message: "{age}", values: { age: 0 }, shown: "0 seconds" },
    { what: "a negative duration", message: "{age}", values: { age: -days(1) }, shown: "-1 day" },
    {
      what: "a number as it is, though it would be a duration elsewhere",
      message: "{count}",
      values: { count: 86_400 },
      shown: "86400",
    },
    {
      what: "an instant as it is",
      message: "{expires}",
      values: { expires: "2030-01-01T00:00:00Z" },
      shown: "2030-01-01T00:00:00Z",
    },
    { what: "no", message: "{status}", values: { status: false }, shown: "false" },
    {
      what: "the same value twice",
      message: "{status} and {status}",
      values: { status: "expired" },
      shown: "expired and expired",
    },
    {
      what: "patterns of a replacement as they are",
      message: "{status}!",
      values: { status: "$& $1 $$ {age}" },
      shown: "$& $1 $$ {age}!",
    },
    {
      what: "eight of eight",
      message: "{scopes}",
      values: { scopes: words(8) },
      shown: "s1, s2, s3, s4, s5, s6, s7, s8",
    },
    {
      what: "eight of nine",
      message: "{scopes}",
      values: { scopes: words(9) },
      shown: "s1, s2, s3, s4, s5, s6, s7, s8 and 1 more",
    },
    {
      what: "eight of 10,000",
      message: "{scopes}",
      values: { scopes: words(10_000) },
      shown: "s1, s2, s3, s4, s5, s6, s7, s8 and 9992 more",
    },
  ])("$what: $shown", ({ message, values, shown }) => {
    expect(render(message, values)).toBe(shown);
  });
});

describe("why there is no verdict", () => {
  it.each([
    { gaps: { created: "not-exposed" }, message: "created unknown: the provider does not tell" },
    { gaps: { created: "denied" }, message: "created unknown: reading it was denied" },
    { gaps: { created: "failed" }, message: "created unknown: reading it failed" },
    { gaps: { created: "not-asked" }, message: "created unknown: the source does not say" },
    { gaps: { created: "denied", grants: "denied" }, message: "created and grants unknown: reading it was denied" },
    {
      gaps: { created: "denied", grants: "failed" },
      message: "created unknown: reading it was denied; grants unknown: reading it failed",
    },
  ])("$message", ({ gaps, message }) => {
    expect(unknownMessage(gaps)).toBe(message);
  });
});
