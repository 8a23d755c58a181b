import { describe, expect, it } from "vitest";
import { allowanceOf, beyond } from "../../src/enrich/allowance.ts";
import type { Grant, RegisterEntry, Token } from "../../src/model/documents.gen.ts";
import { observedEntry } from "../../src/model/observed-entry.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { aToken, unknowing } from "../support/tokens.ts";

const grant = (scope: string, resource: string, access: Grant["access"] = "read"): Grant => ({
  family: "",
  scope,
  access,
  resource,
});

const left: { what: string; token: Token; without: (keyof RegisterEntry)[] }[] = [
  {
    what: "is unknown",
    token: unknowing({ grants: "denied", network: "failed", environment: "not-asked" }),
    without: ["scopes", "resources", "network", "environment", "consumers"],
  },
  {
    what: "is none",
    token: aToken({ network: null, environment: null, consumers: [] }),
    without: ["network", "environment", "consumers"],
  },
  { what: "is for everything", token: aToken({ grants: [grant("a", "x"), grant("b", "*")] }), without: ["resources"] },
  { what: "is no block of addresses", token: aToken({ network: ["10.0.0.0/8", "vpn"] }), without: ["network"] },
];

it.each(left)("leaves out what $what", ({ token, without }) => {
  const entry = observedEntry(token);

  expect(without.filter((field) => field in entry)).toEqual([]);
});

it("says what is known, and what a person has to decide", () => {
  const consumers = [{ type: "ci" as const, name: "release" }];

  expect(observedEntry(aToken({ consumers, grants: [grant("b", "y"), grant("a", "x"), grant("b", "x")] }))).toEqual({
    token: "github/acme/fine-grained-pat/4211",
    owner: "team-reporting",
    purpose: "TODO",
    environment: "production",
    scopes: ["a", "b"],
    resources: ["x", "y"],
    network: ["203.0.113.0/24"],
    consumers: ["ci release"],
    labels: { name: "nightly report", principal: "human mona", created: "2029-12-02" },
  });
});

it.each([{ owner: null }, { owner: "" }, { owner: "  " }])(
  "leaves the owner to decide where it is $owner",
  ({ owner }) => {
    expect(observedEntry(aToken({ owner })).owner).toBe("TODO");
  },
);

it("says that a token without a right may do nothing", () => {
  expect(observedEntry(aToken({ grants: [] }))).toMatchObject({ scopes: [] });
});

describe("a token keeps to its own entry, which is a sound one", () => {
  const long = "x".repeat(2_000);
  it.each<{ what: string; token: Partial<Token> }>([
    {
      what: "scopes with stars",
      token: { grants: [grant("s3:*", "arn:aws:s3:::x/*", "admin"), grant("*", "y", "unknown")] },
    },
    {
      what: "scopes that are words of the register",
      token: { grants: [grant("read", "x", "admin"), grant("admin", "y")] },
    },
    { what: "everything", token: { grants: [grant("a", "*", "admin")], network: null, environment: null } },
    { what: "nothing", token: { grants: [], network: [] } },
    {
      what: "longest texts",
      token: { owner: long.slice(0, 1_024), consumers: [{ type: "ci", name: long.slice(0, 1_024) }], name: long },
    },
    { what: "addresses of both versions", token: { network: ["2001:db8::/32", "192.0.2.1"] } },
  ])("$what", ({ token: overrides }) => {
    const token = aToken(overrides);
    const entry = observedEntry(token);

    expect(faultsIn("register", { version: 1, tokens: [entry] })).toEqual([]);
    expect(beyond(token, allowanceOf({ ...entry, by: "tokens.yaml:3" }, false))).toEqual([]);
  });
});
