import { describe, expect, it } from "vitest";
import { failed, unknown } from "../../src/judge/finding.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { settingsFor } from "../../src/model/settings.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { aPolicy, aToken, days, rules } from "../support/tokens.ts";

const policy = aPolicy({ message: "issued {age} ago", evidence: { age: "duration" } });
const setting = { value: days(90), source: "built-in" };
const find = (token: Partial<Token> = {}, by = rules()) => failed(policy, aToken(token), { age: days(91) }, by);

describe("a finding's identity", () => {
  it.each<{ what: string; token?: Partial<Token>; by?: ReturnType<typeof rules> }>([
    { what: "the token was renamed", token: { name: "hourly report" } },
    { what: "its declaration moved", token: { location: { uri: "other.csv", line: 9, column: 2 } } },
    { what: "its breadth, and with it the severity, changed", token: { facts: { breadth: "full" } } },
    { what: "its owner left", token: { owner: null, principal: null } },
    { what: "the severity was overridden", by: rules({ severity: { "too-old": "critical" } }) },
    { what: "the limit changed", by: rules({ parameters: { any: { "too-old": { max_age: setting } } } }) },
    { what: "labels and dates changed", token: { labels: { team: "x" }, created: "2020-01-01T00:00:00Z" } },
  ])("stays when $what", ({ token, by }) => {
    expect(find(token, by).id).toBe(find().id);
  });

  it("stays when the values that decided change, and when the verdict turns unknown", () => {
    expect(failed(policy, aToken(), { age: 1 }, rules()).id).toBe(find().id);
    expect(unknown(policy, aToken(), { created: "denied" }, rules()).id).toBe(find().id);
  });

  it("takes in every part of the token's id, so that no new token hides behind a known one", () => {
    const ids = [
      "github/acme/pat/1",
      "github/acme/pat/11",
      "github/acme/pat/1 ",
      "gitlab/acme/pat/1",
      "github/acme2/pat/1",
      "github/acme/app/1",
    ];
    const found = ids.flatMap((id) =>
      ["too-old", "idle"].map((slug) => failed(aPolicy({ id: slug }), aToken({ id }), {}, rules()).id),
    );

    expect(new Set(found).size).toBe(ids.length * 2);
  });

  it("was written down once, because baselines hold it", () => {
    expect(find().id).toBe("0d4bcef300c3772b364dcb0da6e8eb50");
  });
});

describe("a finding's place", () => {
  const register = { registered: true, by: "teams/a.yaml:7" };

  it("is the line of its entry in the register where no file declares the token", () => {
    const place = { uri: "teams/a.yaml", line: 7, column: 1, end_line: 7, end_column: 2 };

    expect(find({ facts: { register } }).location).toEqual({ via: "register", ...place });
    expect(find({ facts: { register: { registered: false } } }).location.via).toBe("virtual");
  });

  it("is where a file declares the token, whatever the register says", () => {
    const location = { uri: "tokens.csv", line: 3, column: 1 };

    expect(find({ location, facts: { register } }).location).toMatchObject({ via: "source", ...location });
  });

  it("is a virtual path where no file declares the token", () => {
    expect(find().location).toEqual({
      via: "virtual",
      uri: "tokens/github/acme/fine-grained-pat/4211",
      line: 1,
      column: 1,
      end_line: 1,
      end_column: 2,
    });
  });

  it.each([
    {
      what: "whole",
      location: { uri: "a.yml", line: 3, column: 5, end_line: 4, end_column: 9 },
      place: { uri: "a.yml", line: 3, column: 5, end_line: 4, end_column: 9 },
    },
    {
      what: "with its start alone",
      location: { uri: "a.yml", line: 3, column: 5 },
      place: { uri: "a.yml", line: 3, column: 5, end_line: 3, end_column: 6 },
    },
  ])("is the source's own, $what", ({ location, place }) => {
    expect(find({ location }).location).toEqual({ via: "source", ...place });
  });
});

describe("the numbers a finding was held against", () => {
  const own = {
    value: days(30),
    source: "tokenward.yaml:9:5",
    reason: "analysis 7",
    approved_by: "ciso",
    review_by: "2030-06-01",
  };
  const parameters = {
    any: { "too-old": { max_age: setting }, idle: { max_idle: setting } },
    kinds: { "npm/granular": { "too-old": { max_age: own } }, "github/fine-grained-pat": { idle: { max_idle: own } } },
  };

  it.each([
    { what: "its kind's, with everything said about them", kind: "npm/granular", expected: { max_age: own } },
    {
      what: "any kind's, where its kind has none for this policy",
      kind: "github/fine-grained-pat",
      expected: { max_age: setting },
    },
    { what: "any kind's, where its kind is not mentioned", kind: "aws/access-key", expected: { max_age: setting } },
  ])("are $what", ({ kind, expected }) => {
    expect(find({ kind }, rules({ parameters })).thresholds).toEqual(expected);
  });

  it("are none where the policy has none", () => {
    expect(settingsFor(rules({ parameters }).parameters, "no-expiry", aToken().kind)).toEqual({});
  });

  it("are none where there was no verdict", () => {
    expect(unknown(policy, aToken(), { created: "denied" }, rules({ parameters }))).toMatchObject({
      verdict: "unknown",
      evidence: {},
      thresholds: {},
      unknown: { created: "denied" },
      message: "created unknown: reading it was denied",
    });
  });
});

describe("a finding's severity", () => {
  it.each([
    { what: "the policy's own where breadth is unknown", facts: {}, by: rules(), severity: "medium" },
    { what: "lower for a narrow token", facts: { breadth: "narrow" }, by: rules(), severity: "low" },
    { what: "higher for a broad token", facts: { breadth: "broad" }, by: rules(), severity: "high" },
    {
      what: "the configured one where breadth is limited",
      facts: { breadth: "limited" },
      by: rules({ severity: { "too-old": "high" } }),
      severity: "high",
    },
    {
      what: "the configured one, and breadth still moves it",
      facts: { breadth: "full" },
      by: rules({ severity: { "too-old": "low" } }),
      severity: "high",
    },
    {
      what: "not touched by what was configured for another policy",
      facts: {},
      by: rules({ severity: { idle: "critical" } }),
      severity: "medium",
    },
  ] as const)("is $what", ({ facts, by, severity }) => {
    expect(find({ facts }, by).severity).toBe(severity);
  });
});

describe("what a finding tells of its token", () => {
  it("leaves out what is not known", () => {
    expect(find({ owner: null, principal: null }).token).toEqual({
      id: "github/acme/fine-grained-pat/4211",
      provider: "github",
      account: "acme",
      kind: "github/fine-grained-pat",
      name: "nightly report",
    });
  });

  it.each([
    { principal: { type: "human", id: "u-7", name: "Mona" }, shown: "Mona" },
    { principal: { type: "human", id: "u-7" }, shown: "u-7" },
  ] as const)("calls the principal $shown", ({ principal, shown }) => {
    expect(find({ principal }).token.principal).toBe(shown);
  });

  it("carries where to look, and how much it may", () => {
    const token = { evidence: { url: "https://example.com/7" }, facts: { breadth: "full" } } as const;

    expect(find(token).token).toMatchObject({ url: "https://example.com/7", breadth: "full", owner: "team-reporting" });
  });
});

it.each([find(), find({ facts: { breadth: "full" } }), unknown(policy, aToken(), { created: "denied" }, rules())])(
  "a finding is one by its schema: $verdict, $severity",
  (finding) => {
    expect(faultsIn("finding", finding)).toEqual([]);
  },
);
