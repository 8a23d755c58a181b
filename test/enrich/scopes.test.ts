import { describe, expect, it } from "vitest";
import { scopes } from "../../src/enrich/scopes.ts";
import type { Grant, Token } from "../../src/model/documents.gen.ts";
import { aToken, unknowing } from "../support/tokens.ts";

const grant = (scope: string, access: Grant["access"] = "unknown", family = "classic"): Grant => ({
  family,
  scope,
  access,
  resource: "*",
});
const holding = (provider: string, ...grants: Grant[]) => aToken({ provider, grants });
/** What the step says besides the breadth, which has tests of its own. */
const factsOf = (token: Token) => {
  const { breadth: _, ...rest } = scopes.derive(token);
  return rest;
};

describe("nothing is said", () => {
  it.each([
    { what: "where the grants are unknown", token: unknowing({ grants: "denied" }) },
    { what: "where there are none", token: aToken({ grants: [] }) },
  ])("$what", ({ token }) => {
    expect(factsOf(token)).toEqual({});
  });
});

describe("access and risk", () => {
  it.each<{ what: string; token: Token; expected: object }>([
    {
      what: "the access is absent where that of one grant is unknown and none is admin",
      token: holding("vercel", grant("deploy", "write"), grant("other")),
      expected: { risk: "high", unknown_scopes: ["other"] },
    },
    {
      what: "the access is admin where one is, though that of another is unknown",
      token: holding("vercel", grant("all", "admin"), grant("other")),
      expected: { access: "admin", risk: "high", unknown_scopes: ["other"] },
    },
    {
      what: "the widest access and the worst risk may come from two grants",
      token: holding(
        "github",
        grant("secret_scanning_alerts:read", "read", "app"),
        grant("organization_projects:admin", "admin", "app"),
        grant("issues:write", "write", "app"),
      ),
      expected: {
        access: "admin",
        risk: "high",
        capabilities: { "secrets-read": ["secret_scanning_alerts:read"] },
      },
    },
    {
      what: "a token that only reads what matters little has nothing more to tell",
      token: holding("github", grant("metadata:read", "read", "app"), grant("issues:read", "read", "app")),
      expected: { access: "read", risk: "low" },
    },
  ])("$what", ({ token, expected }) => {
    expect(factsOf(token)).toEqual(expected);
  });
});

describe("the lists", () => {
  it("name each scope once, in order", () => {
    const token = holding(
      "github",
      ...["workflow", "zzz:new", "admin:org", "aaa:new", "workflow", "zzz:new"].map((scope) => grant(scope)),
    );

    expect(factsOf(token)).toMatchObject({
      unknown_scopes: ["aaa:new", "zzz:new"],
      escalating: ["admin:org", "workflow"],
      widened: { workflow: "write", "admin:org": "admin" },
      capabilities: { "rights-write": ["admin:org"], "workflow-write": ["workflow"] },
    });
  });

  it("tell as widened only what allows more than its record says", () => {
    const token = holding("github", grant("repo", "write"), grant("gist", "write"), grant("read:org", "admin"));

    expect(factsOf(token)).toMatchObject({ access: "admin", widened: { repo: "admin" } });
  });

  it("keep a scope called like a part of every object", () => {
    const { unknown_scopes, widened } = factsOf(holding("github", grant("__proto__"), grant("constructor")));

    expect({ unknown_scopes, widened }).toEqual({ unknown_scopes: ["__proto__", "constructor"], widened: undefined });
  });
});

describe("scopes that raise rights only together", () => {
  const actions = (...names: string[]) =>
    factsOf(holding("aws", ...names.map((name) => grant(name, "write", "action"))));

  it.each([["iam:PassRole"], ["ec2:RunInstances"], ["lambda:CreateFunction", "ec2:RunInstances"]])(
    "do not where one half is missing: %s",
    (...names) => {
      expect(actions(...names).escalating).toBeUndefined();
    },
  );

  it("do where both are held, and all of them are told", () => {
    expect(
      actions("iam:PassRole", "s3:PutObject", "lambda:CreateFunction", "states:CreateStateMachine").escalating,
    ).toEqual(["iam:PassRole", "lambda:CreateFunction", "states:CreateStateMachine"]);
  });

  it("do where a pattern holds the other half", () => {
    expect(actions("iam:PassRole", "autoscaling:Create*").escalating).toEqual(["autoscaling:Create*", "iam:PassRole"]);
  });
});
