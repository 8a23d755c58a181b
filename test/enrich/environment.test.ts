import { expect, it } from "vitest";
import { enricher } from "../../src/enrich/index.ts";
import type { EnvironmentRule, Grant, Token } from "../../src/model/documents.gen.ts";
import { asOf, aToken, unknowing } from "../support/tokens.ts";

const run = (rules: EnvironmentRule[], token: Token): Token =>
  enricher({
    asOf,
    intent: { environments: rules.map((rule, index) => ({ ...rule, by: `tokenward.yaml:${index + 3}` })) },
  })(token);
const on = (...resources: string[]): Grant[] =>
  resources.map((resource) => ({ family: "app", scope: "contents:read", access: "read", resource }));
const untold = (over: Partial<Token> = {}) => unknowing({ environment: "not-exposed" }, aToken(over));
const rule = (token: EnvironmentRule["token"], environment = "staging", override?: boolean): EnvironmentRule => ({
  token,
  environment,
  ...(override === undefined ? {} : { override }),
});

it.each<{
  what: string;
  rules: EnvironmentRule[];
  token: Token;
  environment: string | undefined;
  fact: object | undefined;
}>([
  {
    what: "unknown where no rule fits",
    rules: [rule({ account: "other" })],
    token: untold(),
    environment: undefined,
    fact: undefined,
  },
  {
    what: "unknown where one resource of several does not fit",
    rules: [rule({ resource: "*prod*" })],
    token: untold({ grants: on("a/prod", "a/dev") }),
    environment: undefined,
    fact: undefined,
  },
  {
    what: "unknown where there is no resource",
    rules: [rule({ resource: "*" })],
    token: untold({ grants: [] }),
    environment: undefined,
    fact: undefined,
  },
  {
    what: "unknown where nobody knows the grants",
    rules: [rule({ resource: "*" })],
    token: unknowing({ grants: "denied" }, untold()),
    environment: undefined,
    fact: undefined,
  },
  {
    what: "unknown where the label is missing",
    rules: [rule({ label: { env: "*" } })],
    token: untold({ labels: { other: "x" } }),
    environment: undefined,
    fact: undefined,
  },
  {
    what: "as the source says",
    rules: [rule({ account: "*" })],
    token: aToken(),
    environment: "production",
    fact: undefined,
  },
  {
    what: "as the source says where another rule may override",
    rules: [rule({ account: "*" }), rule({ id: "*" }, "development", true)],
    token: aToken(),
    environment: "production",
    fact: undefined,
  },
  {
    what: "as the rule says that may override",
    rules: [rule({ account: "acme" }, "staging", true)],
    token: aToken(),
    environment: "staging",
    fact: { by: "tokenward.yaml:3", told: "production" },
  },
  {
    what: "as the first rule says that fits",
    rules: [rule({ name: "x*" }), rule({ kind: "github/*" }, "test"), rule({ account: "*" })],
    token: untold(),
    environment: "test",
    fact: { by: "tokenward.yaml:4" },
  },
  {
    what: "by every resource",
    rules: [rule({ resource: "*prod*" })],
    token: untold({ grants: on("a/prod", "b/prod-2") }),
    environment: "staging",
    fact: { by: "tokenward.yaml:3" },
  },
  {
    what: "by a label",
    rules: [rule({ label: { env: "st*", tier: "1" } })],
    token: untold({ labels: { env: "stage", tier: "1" } }),
    environment: "staging",
    fact: { by: "tokenward.yaml:3" },
  },
  {
    what: "where the source knows of none",
    rules: [rule({ account: "acme" })],
    token: aToken({ environment: null }),
    environment: "staging",
    fact: { by: "tokenward.yaml:3" },
  },
  {
    what: "by id before a pattern that stands later",
    rules: [rule(aToken().id, "first"), rule({ id: "*" })],
    token: untold(),
    environment: "first",
    fact: { by: "tokenward.yaml:3" },
  },
  {
    what: "by a pattern before an id that stands later",
    rules: [rule({ id: "*" }, "first"), rule(aToken().id)],
    token: untold(),
    environment: "first",
    fact: { by: "tokenward.yaml:3" },
  },
])("belongs $what", ({ rules, token, environment, fact }) => {
  const enriched = run(rules, token);

  expect(enriched.environment).toBe(environment);
  expect(enriched.facts?.environment).toEqual(fact);
  expect("environment" in enriched.unknown).toBe(environment === undefined);
});

it("gives the amended record to who compares tokens with each other", () => {
  const { amended } = enricher({ asOf, intent: { environments: [{ ...rule({ account: "*" }), by: "" }] } });

  expect(amended?.(untold()).environment).toBe("staging");
  expect(enricher({ asOf }).amended).toBeUndefined();
});

it("holds hostile names against hostile rules in a moment", () => {
  const rules = Array.from({ length: 1_000 }, (_, index) => rule({ name: `${"a*".repeat(100)}b${index}` }));
  const hostile = untold({ name: "a".repeat(4_096), labels: { __proto__: "x", constructor: "y" } });

  expect(run(rules, hostile).environment).toBeUndefined();
});
