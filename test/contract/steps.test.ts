import { describe, expect, it } from "vitest";
import { steps } from "../../src/enrich/index.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { asOf, aToken, unknowing } from "../support/tokens.ts";

const judged = [
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
const nothing = Object.fromEntries(judged.map((field) => [field, "denied"])) as Token["unknown"];
const wide = { family: "app", scope: "*", access: "admin", resource: "*" } as const;

const tokens: { what: string; token: Token }[] = [
  { what: "a blameless token", token: aToken() },
  { what: "a token of which nothing is known", token: unknowing(nothing) },
  {
    what: "a token that never ends, was never used or rotated, and belongs to nobody",
    token: aToken({
      principal: null,
      owner: null,
      rotated: null,
      expires: null,
      last_used: null,
      reach: null,
      network: null,
      environment: null,
    }),
  },
  {
    what: "an expired token that may do everything",
    token: aToken({ expires: "2020-01-01T00:00:00Z", grants: [wide], reach: { selection: "all" } }),
  },
  {
    what: "a token from the future",
    token: aToken({
      created: "2035-01-01T00:00:00Z",
      last_used: "2035-01-01T00:00:00Z",
      rotated: "2035-01-01T00:00:00Z",
    }),
  },
  { what: "a token without grants", token: aToken({ grants: [] }) },
  {
    what: "a token of which everything is told",
    token: aToken({
      reviewed: "2029-06-01T00:00:00Z",
      usage: { access: "write", since: "2029-01-01T00:00:00Z" },
      consumers: [{ type: "ci", name: "release" }],
    }),
  },
  {
    what: "a token with scopes that nobody knows, that allow more than the record says, and that lead to more",
    token: aToken({
      grants: [
        { family: "classic", scope: "brand:new", access: "unknown", resource: "*" },
        { family: "classic", scope: "admin:org", access: "read", resource: "*" },
        { family: "app", scope: "administration:write", access: "write", resource: "*" },
      ],
    }),
  },
  ...judged.map((field) => ({
    what: `a token whose ${field} is unknown`,
    token: unknowing({ [field]: "not-exposed" }),
  })),
];

it("each step has an id of its own, and provides what no other does", () => {
  const provided = steps.flatMap(({ provides }) => [...provides]);

  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  expect(new Set(provided).size).toBe(provided.length);
});

describe.each(steps)("$id", ({ provides, derive }) => {
  it("provides something, and each of it for at least one of these tokens", () => {
    const seen = new Set(tokens.flatMap(({ token }) => Object.keys(derive(token, asOf))));

    expect(provides.length).toBeGreaterThan(0);
    expect([...seen].sort()).toEqual([...provides].sort());
  });

  it.each(tokens)(
    "gives $what only what it provides, and nothing that is null, no number or a fraction",
    ({ token }) => {
      const facts = derive(token, asOf);

      expect(Object.keys(facts).filter((key) => !(provides as readonly string[]).includes(key))).toEqual([]);
      expect(faultsIn("token", { ...token, facts })).toEqual([]);
      for (const value of Object.values(facts).filter((fact) => typeof fact !== "object"))
        expect(typeof value === "string" || Number.isInteger(value)).toBe(true);
    },
  );

  it.each(tokens)("leaves $what as it was, and says the same of it twice", ({ token }) => {
    const frozen = deeplyFrozen(structuredClone(token));

    const facts = derive(frozen, asOf);

    expect(derive(frozen, asOf)).toEqual(facts);
    expect(derive(structuredClone(token), asOf)).toEqual(facts);
    expect(frozen).toEqual(token);
  });

  it.each(tokens)("reads neither the facts that $what came with nor its name", ({ token }) => {
    const planted = {
      ...token,
      name: "another",
      labels: { age: "0" },
      facts: { age: 0, breadth: "narrow", status: "revoked" },
    } as const;

    expect(derive(planted, asOf)).toEqual(derive(token, asOf));
  });
});

function deeplyFrozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) deeplyFrozen(inner);
    Object.freeze(value);
  }
  return value;
}
