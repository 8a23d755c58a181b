import { describe, expect, it } from "vitest";
import { narrower } from "../../src/enrich/narrower.ts";
import type { Grant, Token } from "../../src/model/documents.gen.ts";
import { aToken, unknowing } from "../support/tokens.ts";

const since = "2029-01-01T00:00:00Z";
const grant = (scope: string, access: Grant["access"], family = "app"): Grant => ({
  family,
  scope,
  access,
  resource: "acme/x",
});
const used = (access: "read" | "write" | "admin", grants: Grant[], provider = "github"): Token =>
  aToken({ provider, grants, usage: { access, since } });

describe("nothing is suggested", () => {
  it.each<{ what: string; token: Token; entry?: { scopes: string[] }; why: string }>([
    { what: "where use is not watched", token: aToken(), why: "not-watched" },
    {
      what: "where nobody knows the scopes",
      token: unknowing({ grants: "denied" }, used("read", [])),
      why: "grants-unknown",
    },
    {
      what: "where nobody knows what a scope allows",
      token: used("read", [grant("x", "unknown")], "none"),
      why: "access-unknown",
    },
    {
      what: "where the widest was used",
      token: used("write", [grant("contents:write", "write")]),
      why: "narrow-enough",
    },
    { what: "where there is nothing to take away", token: used("read", []), why: "narrow-enough" },
    {
      what: "where the register asks for less already",
      token: used("read", [grant("contents:write", "write")]),
      entry: { scopes: ["contents:read"] },
      why: "narrow-enough",
    },
    {
      what: "where the register has the word for it",
      token: used("write", [grant("contents:write", "write")]),
      entry: { scopes: ["write"] },
      why: "narrow-enough",
    },
  ])("$what", ({ token, entry, why }) => {
    expect(narrower(token, entry)).toBe(why);
  });
});

describe("narrower scopes are suggested", () => {
  it.each<{ what: string; token: Token; entry?: { scopes?: string[] }; suggested: string[] }>([
    {
      what: "those that come with a scope and allow no more",
      token: used("read", [grant("contents:write", "write"), grant("issues:read", "read")]),
      suggested: ["contents:read", "issues:read"],
    },
    {
      what: "the widest of them only",
      token: used("write", [grant("admin:org", "admin", "classic")]),
      suggested: ["write:org"],
    },
    {
      what: "the register's own word where none is known",
      token: used("read", [grant("deploy", "write")], "none"),
      suggested: ["read"],
    },
    {
      what: "the word for a wildcard",
      token: used("read", [grant("s3:*", "admin", "action")], "aws"),
      suggested: ["read"],
    },
    {
      what: "what is granted, where the register limits nothing",
      token: used("read", [grant("contents:read", "read")]),
      entry: {},
      suggested: ["contents:read"],
    },
    {
      what: "what is granted, where the register allows more",
      token: used("read", [grant("contents:read", "read")]),
      entry: { scopes: ["admin"] },
      suggested: ["contents:read"],
    },
    {
      what: "a scope that nobody knows is kept",
      token: used("read", [grant("x", "unknown"), grant("y", "write")], "none"),
      suggested: ["read", "x"],
    },
  ])("$what", ({ token, entry, suggested }) => {
    expect(narrower(token, entry)).toMatchObject({ suggested, since });
  });

  it("and say which scope is too wide", () => {
    expect(narrower(used("read", [grant("contents:write", "write")]))).toEqual({
      used: "read",
      since,
      granted: ["contents:write"],
      suggested: ["contents:read"],
      too_wide: [{ scope: "contents:write", access: "write", instead: ["contents:read"] }],
    });
  });
});
