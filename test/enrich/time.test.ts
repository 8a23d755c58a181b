import { describe, expect, it } from "vitest";
import { time } from "../../src/enrich/time.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { asOf, aToken, days, unknowing } from "../support/tokens.ts";

const facts = (token: Token, at = asOf) => time.derive(token, at);
const gaps = {
  created: "denied",
  rotated: "denied",
  expires: "denied",
  last_used: "denied",
  status: "denied",
} as const;

describe("what cannot be measured is absent, never null and never zero", () => {
  it.each<{ what: string; token: Token; absent: string[] }>([
    {
      what: "nothing is known",
      token: unknowing(gaps),
      absent: ["status", "age", "idle", "expires_in", "lifetime", "since_rotation"],
    },
    { what: "it never ends by itself", token: aToken({ expires: null }), absent: ["expires_in", "lifetime"] },
    {
      what: "nobody knows whether it ends",
      token: unknowing({ expires: "not-exposed" }),
      absent: ["expires_in", "lifetime"],
    },
    { what: "it was never used, which is no idle time at all", token: aToken({ last_used: null }), absent: ["idle"] },
    { what: "nobody knows when it was used", token: unknowing({ last_used: "not-exposed" }), absent: ["idle"] },
    {
      what: "nobody knows when it was issued",
      token: unknowing({ created: "failed" }),
      absent: ["age", "lifetime", "since_rotation"],
    },
    {
      what: "nobody knows whether its secret was replaced",
      token: unknowing({ rotated: "not-exposed" }),
      absent: ["since_rotation"],
    },
    { what: "nobody knows its status", token: unknowing({ status: "denied" }), absent: ["status"] },
  ])("where $what", ({ token, absent }) => {
    const all = ["status", "age", "idle", "expires_in", "lifetime", "since_rotation"];

    const found = facts(token);

    expect(all.filter((name) => !Object.hasOwn(found, name))).toEqual(absent);
    expect(Object.values(found)).not.toContain(null);
  });
});

it.each(["2030-99-99T99:99:99Z", "tomorrow"])(
  "an instant that is none (%s) stops the run: as null it would pass every limit",
  (instant) => {
    for (const field of ["created", "rotated", "expires", "last_used"] as const) {
      expect(() => facts(aToken({ [field]: instant }))).toThrow(instant);
    }
  },
);

it.each(["2030-99-99T99:99:99Z", "tomorrow"])("a review or a watch that began at %s stops the run too", (instant) => {
  expect(() => facts(aToken({ reviewed: instant }))).toThrow(instant);
  expect(() => facts(aToken({ usage: { access: "read", since: instant } }))).toThrow(instant);
});

describe("what most sources never tell", () => {
  it("is measured where it is told", () => {
    const told = {
      reviewed: "2029-12-31T23:59:59Z",
      usage: { access: "read", since: "2029-12-22T00:00:00Z" },
    } as const;

    expect(facts(aToken(told))).toMatchObject({ since_review: 1, watched: days(10) });
  });

  it.each<{ what: string; token: Token }>([
    { what: "is not told", token: aToken() },
    { what: "never was", token: aToken({ reviewed: null }) },
    { what: "is unknown", token: unknowing({ reviewed: "denied", usage: "denied" }) },
  ])("is absent where it $what", ({ token }) => {
    expect(Object.keys(facts(token))).not.toEqual(expect.arrayContaining(["since_review"]));
    expect(Object.keys(facts(token))).not.toEqual(expect.arrayContaining(["watched"]));
  });
});

describe("age", () => {
  it.each([
    { what: "zero for a token issued at this instant", created: asOf, age: 0 },
    { what: "one second after one second", created: "2029-12-31T23:59:59Z", age: 1 },
    {
      what: "negative for a token issued later, as a wrong clock would have it",
      created: "2030-01-01T00:00:05Z",
      age: -5,
    },
    { what: "exact over a leap year, which has 366 days", created: "2028-01-01T00:00:00Z", age: days(366 + 365) },
    {
      what: "exact for less than a year, where counting calendar years is blind",
      created: "2029-12-31T12:00:00Z",
      age: 43_200,
    },
    {
      what: "exact from one 31 December to the next day, which is no year",
      created: "2029-12-31T00:00:00Z",
      age: days(1),
    },
    { what: "whole from 1970 on", created: "1970-01-01T00:00:00Z", age: 1_893_456_000 },
  ])("is $what", ({ created, age }) => {
    expect(facts(aToken({ created })).age).toBe(age);
  });
});

describe("expiry", () => {
  it.each<{ what: string; expires: string; expires_in: number; status: string }>([
    { what: "one second ahead leaves it active", expires: "2030-01-01T00:00:01Z", expires_in: 1, status: "active" },
    { what: "at this very instant has ended it", expires: asOf, expires_in: 0, status: "expired" },
    { what: "one second ago has ended it", expires: "2029-12-31T23:59:59Z", expires_in: -1, status: "expired" },
    {
      what: "at midnight UTC of a date makes the day before its last",
      expires: "2030-01-02T00:00:00Z",
      expires_in: days(1),
      status: "active",
    },
  ])("$what", ({ expires, expires_in, status }) => {
    expect(facts(aToken({ expires }))).toMatchObject({ expires_in, status });
  });

  it.each([
    { status: "active", expected: "expired" },
    { status: "pending", expected: "pending" },
    { status: "disabled", expected: "disabled" },
    { status: "revoked", expected: "revoked" },
    { status: "expired", expected: "expired" },
  ] as const)("in the past turns $status into $expected", ({ status, expected }) => {
    expect(facts(aToken({ status, expires: "2029-01-01T00:00:00Z" })).status).toBe(expected);
  });

  it("in the past says expired where the provider told no status", () => {
    expect(facts(unknowing({ status: "not-exposed" }, aToken({ expires: asOf }))).status).toBe("expired");
  });

  it("in the future invents no status where the provider told none", () => {
    expect(facts(unknowing({ status: "not-exposed" }))).not.toHaveProperty("status");
  });

  it("in the future does not revive what the provider calls expired", () => {
    expect(facts(aToken({ status: "expired" })).status).toBe("expired");
  });

  it("moves with the as-of instant, and so does everything else", () => {
    const token = aToken({ expires: "2030-03-02T00:00:00Z" });

    expect(facts(token, "2030-03-01T23:59:59Z")).toMatchObject({ status: "active", expires_in: 1 });
    expect(facts(token, "2030-03-02T00:00:00Z")).toMatchObject({ status: "expired", expires_in: 0, age: days(90) });
  });
});

describe("lifetime", () => {
  it.each([
    { what: "from issue to end", created: "2029-12-02T00:00:00Z", expires: "2030-03-02T00:00:00Z", lifetime: days(90) },
    { what: "nothing for one that ends when it is issued", created: asOf, expires: asOf, lifetime: 0 },
    {
      what: "negative for one that ended before it was issued",
      created: asOf,
      expires: "2029-12-31T00:00:00Z",
      lifetime: -days(1),
    },
    {
      what: "the same after it has ended",
      created: "2020-01-01T00:00:00Z",
      expires: "2020-01-08T00:00:00Z",
      lifetime: days(7),
    },
  ])("is $what", ({ created, expires, lifetime }) => {
    expect(facts(aToken({ created, expires })).lifetime).toBe(lifetime);
  });
});

describe("idle time", () => {
  it.each([
    { what: "exact where the provider is", last_used: "2029-12-31T00:00:00Z", precision: undefined, idle: days(1) },
    { what: "exact where precision is one second", last_used: "2029-12-31T00:00:00Z", precision: 1, idle: days(1) },
    {
      what: "the shortest that a date alone allows: the use may have been in the day's last second",
      last_used: "2029-12-30T00:00:00Z",
      precision: 86_400,
      idle: days(1) + 1,
    },
    { what: "nothing while the day of the last use is not over", last_used: asOf, precision: 86_400, idle: 0 },
    {
      what: "nothing where precision is coarser than the time since",
      last_used: "2029-12-31T00:00:00Z",
      precision: days(7),
      idle: 0,
    },
    {
      what: "one second at the first instant after the day",
      last_used: "2029-12-31T00:00:00Z",
      precision: 86_400,
      idle: 1,
    },
    { what: "zero for a use at this instant", last_used: asOf, precision: undefined, idle: 0 },
    { what: "negative for a use in the future", last_used: "2030-01-01T00:01:00Z", precision: undefined, idle: -60 },
    {
      what: "negative for a use in the future, however coarse",
      last_used: "2030-01-01T00:01:00Z",
      precision: 86_400,
      idle: -60,
    },
  ])("is $what", ({ last_used, precision, idle }) => {
    expect(facts(aToken({ last_used, ...(precision === undefined ? {} : { precision }) })).idle).toBe(idle);
  });
});

describe("time since the last rotation", () => {
  it.each([
    {
      what: "the token's age where its secret was never replaced",
      created: "2029-12-02T00:00:00Z",
      rotated: null,
      since: days(30),
    },
    {
      what: "counted from the replacement",
      created: "2029-12-02T00:00:00Z",
      rotated: "2029-12-31T00:00:00Z",
      since: days(1),
    },
    {
      what: "counted from the issue where a wrong clock has the replacement before it",
      created: "2029-12-31T00:00:00Z",
      rotated: "2029-12-02T00:00:00Z",
      since: days(1),
    },
    { what: "zero for a replacement at this instant", created: "2020-01-01T00:00:00Z", rotated: asOf, since: 0 },
  ])("is $what", ({ created, rotated, since }) => {
    expect(facts(aToken({ created, rotated })).since_rotation).toBe(since);
  });

  it("is known from the replacement alone", () => {
    const token = unknowing({ created: "not-exposed" }, aToken({ rotated: "2029-12-31T00:00:00Z" }));

    expect(facts(token).since_rotation).toBe(days(1));
  });
});
