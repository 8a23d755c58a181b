import { describe, expect, it } from "vitest";
import { applies, missing, scopeKey } from "../../src/judge/verdict.ts";
import type { Policy, Token } from "../../src/model/documents.gen.ts";
import { aPolicy, aToken, rules, unknowing } from "../support/tokens.ts";

type AppliesTo = Policy["applies_to"];
const pat = "github/fine-grained-pat";

describe("an entry of the register", () => {
  const entry = aToken({ kind: "register/entry", facts: { register: { registered: true, tokens: 0 } } });
  const forged = aToken({ kind: "register/entry", facts: { register: { registered: false } } });
  const [onEntries, onTokens] = [aPolicy({ applies_to: { kinds: ["register/entry"] } }), aPolicy()];

  it("is judged by the policies on entries, and by no others", () => {
    expect(applies(onEntries, entry, rules())).toBe(true);
    expect(applies(onTokens, entry, rules())).toBe(false);
  });

  it("cannot be feigned by a token of that kind, which is judged like any other", () => {
    expect(applies(onEntries, forged, rules())).toBe(false);
    expect(applies(onTokens, forged, rules())).toBe(true);
    expect(scopeKey(forged, [])).not.toBe(scopeKey(entry, []));
  });

  it("leaves no verdict where what its policy needs is unknown", () => {
    const policy = aPolicy({ needs: ["facts.register"] });
    const register = { registered: true, unknown: { tokens: "failed" } };

    expect(missing(policy, aToken({ facts: { register } }))).toEqual({ tokens: "failed" });
    expect(missing(policy, aToken({ facts: { register: { registered: true } } }))).toEqual({});
  });
});

describe("a policy does not judge", () => {
  it.each<{ what: string; to: AppliesTo; token?: Partial<Token> }>([
    { what: "a kind it does not list", to: { kinds: ["npm/granular"] } },
    { what: "a kind whose name only starts like one it lists", to: { kinds: ["github/fine-grained"] } },
    { what: "a kind of another provider", to: { kinds: ["gitlab/*"] } },
    { what: "a kind of a provider whose name only starts alike", to: { kinds: ["git/*"] } },
    { what: "a kind it excepts", to: { except_kinds: [pat] } },
    { what: "a provider it excepts", to: { except_kinds: ["github/*"] } },
    { what: "a kind that it lists and excepts", to: { kinds: ["github/*"], except_kinds: ["npm/*", pat] } },
    {
      what: "a disabled token, if it is about active ones",
      to: { statuses: ["active"] },
      token: { facts: { status: "disabled" } },
    },
    {
      what: "a token that has expired since the provider said active",
      to: { statuses: ["active"] },
      token: { status: "active", facts: { status: "expired" } },
    },
  ])("$what", ({ to, token = {} }) => {
    expect(applies(aPolicy({ applies_to: to }), aToken(token), rules())).toBe(false);
  });

  it.each<{ what: string; to: AppliesTo; token: Token }>([
    {
      what: "what acts as another type of principal",
      to: { principals: ["service", "app"] },
      token: aToken({ principal: { type: "human", id: "mona" } }),
    },
    {
      what: "what belongs to nobody, if it is about principals",
      to: { principals: ["human"] },
      token: aToken({ principal: null }),
    },
    { what: "what tells nothing of its use, if it is about use", to: { given: ["usage"] }, token: aToken() },
    {
      what: "what tells only half of what it is about",
      to: { given: ["usage", "consumers"] },
      token: aToken({ consumers: [] }),
    },
    { what: "what is not marked as the collector", to: { given: ["collector"] }, token: aToken() },
    {
      what: "what nobody compared with the rest of the inventory",
      to: { given: ["facts.siblings"] },
      token: aToken({ facts: { shared_with: { environments: [], tokens: 0 } } }),
    },
    {
      what: "what has no fingerprint to compare",
      to: { given: ["facts.shared_with"] },
      token: aToken({ facts: { siblings: { active: 1, issued: [0] } } }),
    },
  ])("$what", ({ to, token }) => {
    expect(applies(aPolicy({ applies_to: to }), token, rules())).toBe(false);
  });

  it("a kind that the thresholds exempt from it", () => {
    const exempt = { [pat]: { "too-old": { source: "judgement" } } };

    expect(applies(aPolicy(), aToken(), rules({ parameters: { exempt } }))).toBe(false);
  });
});

describe("a policy judges", () => {
  it.each<{ what: string; to: AppliesTo; token?: Partial<Token> }>([
    { what: "any token, if it says nothing", to: {} },
    { what: "a kind it lists", to: { kinds: ["npm/granular", pat] } },
    { what: "every kind of a provider it lists", to: { kinds: ["github/*"] } },
    { what: "a kind it does not except", to: { except_kinds: ["npm/*"] } },
    { what: "a status it lists", to: { statuses: ["active", "pending"] }, token: { facts: { status: "pending" } } },
    { what: "a token whose status nobody knows", to: { statuses: ["active"] }, token: { facts: {} } },
    { what: "a token without facts", to: { statuses: ["active"] } },
  ])("$what", ({ to, token = {} }) => {
    expect(applies(aPolicy({ applies_to: to }), aToken(token), rules())).toBe(true);
  });

  it.each<{ what: string; to: AppliesTo; token: Token }>([
    { what: "a principal of a type it lists", to: { principals: ["service", "human"] }, token: aToken() },
    {
      what: "a token whose principal nobody knows",
      to: { principals: ["service"] },
      token: unknowing({ principal: "denied" }),
    },
    { what: "a field that is told to be empty", to: { given: ["consumers"] }, token: aToken({ consumers: [] }) },
    { what: "a field that is told to be never", to: { given: ["reviewed"] }, token: aToken({ reviewed: null }) },
    { what: "a field that is told to be unknown", to: { given: ["usage"] }, token: unknowing({ usage: "denied" }) },
    { what: "the collector", to: { given: ["collector"] }, token: aToken({ collector: { extra: [] } }) },
    {
      what: "facts of the whole inventory",
      to: { given: ["facts.siblings", "facts.shared_with"] },
      token: aToken({
        facts: { siblings: { active: 1, issued: [0] }, shared_with: { environments: [], tokens: 0 } },
      }),
    },
  ])("$what", ({ to, token }) => {
    expect(applies(aPolicy({ applies_to: to }), token, rules())).toBe(true);
  });

  it("a kind that is exempt from another policy, and other kinds than the exempt one", () => {
    const exempt = { [pat]: { idle: { source: "judgement" } }, "npm/granular": { "too-old": { source: "judgement" } } };

    expect(applies(aPolicy(), aToken(), rules({ parameters: { exempt } }))).toBe(true);
  });
});

it("tokens with the same key are judged by the same policies, whatever these ask for", () => {
  const given = ["reviewed", "usage", "consumers", "collector", "facts.siblings", "facts.shared_with"] as const;
  const asked: AppliesTo[] = [
    {},
    { kinds: [pat] },
    { statuses: ["active"] },
    { statuses: ["disabled"] },
    { principals: ["human"] },
    { principals: ["service"] },
    ...given.map((what): AppliesTo => ({ given: [what] })),
  ];
  const siblings = { active: 1, issued: [0] };
  const tokens = [
    aToken(),
    aToken({ kind: "npm/granular" }),
    aToken({ principal: null }),
    aToken({ principal: { type: "service", id: "x" } }),
    unknowing({ principal: "denied" }),
    aToken({ reviewed: null }),
    unknowing({ usage: "denied" }),
    aToken({ consumers: [] }),
    aToken({ collector: { extra: [] } }),
    ...(["active", "disabled"] as const).flatMap((status) => [
      aToken({ facts: { status } }),
      aToken({ facts: { status, siblings } }),
      aToken({ facts: { status, shared_with: { environments: [], tokens: 0 } } }),
    ]),
  ];
  const judgedBy = tokens.map((token) => asked.map((to) => applies(aPolicy({ applies_to: to }), token, rules())));

  const keys = tokens.map((token) => scopeKey(token, given));

  expect(new Set(keys).size).toBe(tokens.length);
  expect(new Set(judgedBy.map((one) => one.join())).size).toBe(tokens.length);
  expect(scopeKey(aToken({ name: "another", owner: null }), given)).toBe(keys[0]);
});

const fields = [
  "principal",
  "owner",
  "status",
  "created",
  "rotated",
  "expires",
  "last_used",
  "grants",
  "reach",
  "network",
  "environment",
] as const;

describe.each(fields)("a policy that needs %s", (field) => {
  it.each(["not-exposed", "denied", "failed", "not-asked"] as const)("has no verdict where it is %s", (reason) => {
    expect(missing(aPolicy({ needs: [field] }), unknowing({ [field]: reason }))).toEqual({ [field]: reason });
  });

  it("has no verdict where the collector forgot it", () => {
    const { [field]: _, ...forgotten } = aToken();

    expect(missing(aPolicy({ needs: [field] }), forgotten)).toEqual({ [field]: "not-asked" });
  });

  it("has a verdict where it is known, though all others are unknown", () => {
    const gaps = Object.fromEntries(fields.filter((other) => other !== field).map((other) => [other, "denied"]));

    expect(missing(aPolicy({ needs: [field] }), unknowing(gaps))).toEqual({});
  });
});

it.each(["principal", "owner", "rotated", "expires", "last_used", "reach", "network", "environment"] as const)(
  "a %s that is known to be none is known",
  (field) => {
    expect(missing(aPolicy({ needs: [field] }), aToken({ [field]: null }))).toEqual({});
  },
);

describe("a policy that needs the principal's state", () => {
  const needs: Policy["needs"] = ["principal.state"];
  it.each<{ what: string; token: Token; gaps: Record<string, string> }>([
    {
      what: "no verdict where only the state was denied",
      token: unknowing({ "principal.state": "denied" }),
      gaps: { "principal.state": "denied" },
    },
    {
      what: "no verdict where the whole principal is not exposed",
      token: unknowing({ principal: "not-exposed" }),
      gaps: { "principal.state": "not-exposed" },
    },
    {
      what: "no verdict where the collector forgot the state",
      token: aToken({ principal: { type: "human", id: "mona" } }),
      gaps: { "principal.state": "not-asked" },
    },
    {
      what: "a verdict where the state is known",
      token: aToken({ principal: { type: "human", id: "mona", state: "deleted" } }),
      gaps: {},
    },
    { what: "a verdict where the token belongs to nobody", token: aToken({ principal: null }), gaps: {} },
  ])("has $what", ({ token, gaps }) => {
    expect(missing(aPolicy({ needs }), token)).toEqual(gaps);
  });
});

it("tells every need that is unknown, each with its own reason", () => {
  const token = unknowing({ created: "denied", rotated: "not-exposed", owner: "failed" });

  expect(missing(aPolicy({ needs: ["created", "rotated", "expires"] }), token)).toEqual({
    created: "denied",
    rotated: "not-exposed",
  });
});
