import { describe, expect, it } from "vitest";
import { compareTokens } from "../../src/diff/token.ts";
import type { Grant, Token } from "../../src/model/documents.gen.ts";
import { aToken } from "../support/tokens.ts";

const grant = (scope: string, access: Grant["access"] = "read", resource = "*"): Grant => ({
  ...{ family: "classic", scope, access, resource },
});
const base: Partial<Token> = {
  ...{ network: null, reach: { selection: "all" }, expires: "2030-06-01T00:00:00Z", grants: [grant("public_repo")] },
  ...{ owner: "team-a", environment: "production", status: "active", unknown: {} },
};
const tokenWith = (over: Partial<Token>, ...missing: (keyof Token)[]): Token => {
  const token = aToken({ provider: "github", kind: "github/classic-pat", ...base, ...over });
  for (const field of missing) delete token[field];
  return token;
};
const effects = (old: Token, now: Token) =>
  compareTokens(old, now).details.map(({ aspect, effect }) => `${aspect} ${effect}`);

describe("two records of a token", () => {
  it.each<{ what: string; old: Partial<Token>; now: Partial<Token>; is: string[] }>([
    { what: "a grant more", old: {}, now: { grants: [grant("public_repo"), grant("gist")] }, is: ["grants wider"] },
    { what: "a grant less", old: { grants: [grant("public_repo"), grant("gist")] }, now: {}, is: ["grants narrower"] },
    {
      what: "one grant for another",
      old: { grants: [grant("gist")] },
      now: { grants: [grant("notifications")] },
      is: ["grants wider", "grants narrower"],
    },
    {
      what: "a scope that came with another before",
      old: { grants: [grant("repo", "write")] },
      now: { grants: [grant("repo", "write"), grant("public_repo", "read")] },
      is: [],
    },
    {
      what: "one of the scopes that came with another",
      old: { grants: [grant("repo", "write")] },
      now: { grants: [grant("public_repo", "write")] },
      is: ["grants narrower"],
    },
    {
      what: "a scope that nobody knows, which is never assumed harmless",
      old: {},
      now: { grants: [grant("public_repo"), grant("no:such:scope", "unknown")] },
      is: ["grants wider"],
    },
    {
      what: "an access that only one side tells",
      old: { grants: [grant("no:such:scope", "unknown")] },
      now: { grants: [grant("no:such:scope", "read")] },
      is: ["grants unknown"],
    },
    {
      what: "one resource instead of all",
      old: { grants: [grant("gist")] },
      now: { grants: [grant("gist", "read", "acme/api")] },
      is: ["grants narrower"],
    },
    {
      what: "the same grants in another order",
      old: { grants: [grant("gist"), grant("repo")] },
      now: { grants: [grant("repo"), grant("gist")] },
      is: [],
    },
    { what: "a wider reach", old: { reach: { selection: "selected", count: 2 } }, now: {}, is: ["reach wider"] },
    {
      what: "more of the selected resources",
      old: { reach: { selection: "selected", count: 2 } },
      now: { reach: { selection: "selected", count: 3 } },
      is: ["reach wider"],
    },
    {
      what: "a number that only one side tells",
      old: { reach: { selection: "selected" } },
      now: { reach: { selection: "selected", count: 3 } },
      is: ["reach unknown"],
    },
    { what: "no restriction of addresses", old: { network: ["10.0.0.0/8"] }, now: {}, is: ["network wider"] },
    { what: "a restriction of addresses", old: {}, now: { network: [] }, is: ["network narrower"] },
    {
      what: "a block within another",
      old: { network: ["10.0.0.0/8"] },
      now: { network: ["10.1.0.0/16"] },
      is: ["network narrower"],
    },
    {
      what: "a larger block",
      old: { network: ["2001:db8::/48"] },
      now: { network: ["2001:db8::/32"] },
      is: ["network wider"],
    },
    {
      what: "other blocks",
      old: { network: ["10.0.0.0/8"] },
      now: { network: ["192.0.2.0/24", "office"] },
      is: ["network wider", "network narrower"],
    },
    {
      what: "the same addresses, written otherwise",
      old: { network: ["192.0.2.1"] },
      now: { network: ["192.0.2.1/32"] },
      is: [],
    },
    { what: "no end", old: {}, now: { expires: null }, is: ["expires wider"] },
    { what: "a later end", old: {}, now: { expires: "2030-06-01T00:00:01Z" }, is: ["expires wider"] },
    { what: "an end", old: { expires: null }, now: {}, is: ["expires narrower"] },
    { what: "work again", old: { status: "disabled" }, now: {}, is: ["status wider"] },
    { what: "an end by hand", old: {}, now: { status: "revoked" }, is: ["status narrower"] },
    { what: "a new secret", old: { rotated: null }, now: { rotated: "2029-12-01T00:00:00Z" }, is: ["rotated changed"] },
    {
      what: "another owner and environment",
      old: {},
      now: { owner: null, environment: "staging" },
      is: ["owner changed", "environment changed"],
    },
  ])("differ by $what: $is", ({ old, now, is }) => {
    expect(effects(tokenWith(old), tokenWith(now))).toEqual(is);
  });

  it.each(["grants", "reach", "network", "expires"] as const)("are never the same where %s is unknown", (field) => {
    const [known, unknown] = [tokenWith({}), tokenWith({}, field)];

    expect(effects(known, unknown)).toEqual([`${field} unknown`]);
    expect(effects(unknown, known)).toEqual([`${field} unknown`]);
    expect(compareTokens(unknown, unknown)).toEqual({ details: [], isKnown: false });
    expect(compareTokens(known, known)).toEqual({ details: [], isKnown: true });
  });

  it("differ in nothing by their use, their place and their labels", () => {
    const later = {
      last_used: "2029-12-31T00:00:00Z",
      labels: { team: "a" },
      location: { uri: "a", line: 9, column: 1 },
    };

    expect(effects(tokenWith({}), tokenWith(later))).toEqual([]);
  });
});
