import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { LEVELS, REACH, STRENGTH } from "../../src/enrich/breadth.ts";
import { scopes } from "../../src/enrich/scopes.ts";
import type { Grant, Token } from "../../src/model/documents.gen.ts";
import { repository } from "../support/command.ts";
import { aToken, unknowing } from "../support/tokens.ts";

type Reach = NonNullable<Token["reach"]>["selection"];
const grant = (access: Grant["access"], rest: Partial<Grant> = {}): Grant => ({
  family: "app",
  scope: "contents",
  access,
  resource: "acme/reports",
  ...rest,
});
const breadthOf = (token: Token) => {
  const { breadth } = scopes.derive(token);
  return breadth ? { breadth } : {};
};
/** Of a provider without a catalogue, so that the record's own access is all there is. */
const holding = (grants: Grant[], reach: Token["reach"] = { selection: "single" }) =>
  aToken({ provider: "vercel", grants, reach });
const everything = { scope: "*", resource: "*" };

describe("nobody can say how much a token allows", () => {
  it.each<{ what: string; token: Token }>([
    { what: "where its grants are unknown", token: unknowing({ grants: "denied" }) },
    { what: "where its reach is unknown", token: unknowing({ reach: "not-exposed" }) },
    {
      what: "where its reach is unknown, though it only reads",
      token: unknowing({ reach: "denied" }, holding([grant("read")])),
    },
    { what: "where the access of one grant is unknown", token: holding([grant("unknown")]) },
    {
      what: "where one of many accesses is unknown, and the others are not the widest",
      token: holding([grant("admin"), grant("unknown")]),
    },
    {
      what: "where it reads everything but its reach is unknown",
      token: unknowing({ reach: "failed" }, holding([grant("read", everything)])),
    },
  ])("$what", ({ token }) => {
    expect(breadthOf(token)).toEqual({});
  });
});

describe("nothing can be added to full", () => {
  it.each<{ what: string; token: Token }>([
    {
      what: "by a grant of unknown access",
      token: holding([grant("admin"), grant("unknown")], { selection: "all" }),
    },
    {
      what: "by a reach that is unknown, where one grant alone is enough",
      token: unknowing(
        { reach: "denied" },
        aToken({ grants: [{ family: "classic", scope: "admin:org", access: "admin", resource: "acme" }] }),
      ),
    },
  ])("$what", ({ token }) => {
    expect(breadthOf(token)).toEqual({ breadth: "full" });
  });
});

describe("access, risk and reach", () => {
  it.each<{ scope: string; access: Grant["access"]; is: string; single: string; selected: string; all: string }>([
    { scope: "issues:read", access: "read", is: "read, low", single: "narrow", selected: "limited", all: "broad" },
    { scope: "contents:read", access: "read", is: "read, medium", single: "narrow", selected: "limited", all: "broad" },
    {
      scope: "secret_scanning_alerts:read",
      access: "read",
      is: "read, high",
      single: "limited",
      selected: "broad",
      all: "full",
    },
    { scope: "issues:write", access: "write", is: "write, low", single: "narrow", selected: "limited", all: "broad" },
    { scope: "checks:write", access: "write", is: "write, medium", single: "limited", selected: "broad", all: "full" },
    { scope: "contents:write", access: "write", is: "write, high", single: "limited", selected: "broad", all: "full" },
    {
      scope: "workflows:write",
      access: "write",
      is: "write, critical",
      single: "broad",
      selected: "full",
      all: "full",
    },
    {
      scope: "organization_projects:admin",
      access: "admin",
      is: "admin, medium",
      single: "broad",
      selected: "full",
      all: "full",
    },
  ])("$is on one, some or all is $single, $selected or $all", ({ scope, access, ...expected }) => {
    const on = (selection: Reach) =>
      breadthOf(aToken({ grants: [{ family: "app", scope, access, resource: "*" }], reach: { selection } }));

    expect(on("single")).toEqual({ breadth: expected.single });
    expect(on("selected")).toEqual({ breadth: expected.selected });
    expect(on("all")).toEqual({ breadth: expected.all });
  });

  it("is what the documentation's table says", async () => {
    const rows = Object.entries(STRENGTH).flatMap(([access, risks]) =>
      Object.entries(risks).map(([risk, strength]) => {
        const levels = Object.values(REACH).map((reach) => LEVELS[Math.min(strength + reach, LEVELS.length - 1)]);
        return `| ${[access, risk, ...levels].join(" | ")} |`;
      }),
    );

    expect((await readFile(`${repository}docs/scopes.md`, "utf8")).match(/^\| (?:read|write|admin) \| .*$/gm)).toEqual(
      rows,
    );
  });
});

describe("where there is no catalogue, access and reach add up", () => {
  it.each<{ access: Grant["access"]; reach: Reach; expected: string }>([
    { access: "read", reach: "single", expected: "narrow" },
    { access: "read", reach: "selected", expected: "limited" },
    { access: "read", reach: "all", expected: "broad" },
    { access: "write", reach: "single", expected: "limited" },
    { access: "write", reach: "selected", expected: "broad" },
    { access: "write", reach: "all", expected: "full" },
    { access: "admin", reach: "single", expected: "broad" },
    { access: "admin", reach: "selected", expected: "full" },
    { access: "admin", reach: "all", expected: "full" },
  ])("$access on $reach is $expected", ({ access, reach, expected }) => {
    expect(breadthOf(holding([grant(access)], { selection: reach }))).toEqual({ breadth: expected });
  });

  it.each<{ what: string; grants: Grant[]; expected: string }>([
    {
      what: "the widest of several grants counts, whatever their order",
      grants: [grant("read"), grant("admin"), grant("read")],
      expected: "broad",
    },
    {
      what: "many narrow grants stay narrow",
      grants: Array.from({ length: 50 }, () => grant("read")),
      expected: "narrow",
    },
    { what: "a token without any grant is narrow", grants: [], expected: "narrow" },
  ])("$what", ({ grants, expected }) => {
    expect(breadthOf(holding(grants))).toEqual({ breadth: expected });
  });

  it("a token without any grant is narrow, even where its reach is unknown", () => {
    expect(breadthOf(unknowing({ reach: "denied" }, holding([])))).toEqual({ breadth: "narrow" });
  });
});

describe("a wildcard on everything", () => {
  it.each<{ what: string; token: Token; expected: object }>([
    {
      what: "that writes is full, though the reach says single",
      token: holding([grant("write", everything)]),
      expected: { breadth: "full" },
    },
    {
      what: "is full where only its access is unknown",
      token: holding([grant("unknown", everything)]),
      expected: { breadth: "full" },
    },
    {
      what: "is full where the reach is unknown",
      token: unknowing({ reach: "denied" }, holding([grant("admin", everything)])),
      expected: { breadth: "full" },
    },
    {
      what: "is full beside grants of unknown access",
      token: holding([grant("unknown"), grant("admin", everything)]),
      expected: { breadth: "full" },
    },
    {
      what: "that only reads is as broad as its reach",
      token: holding([grant("read", everything)], { selection: "all" }),
      expected: { breadth: "broad" },
    },
  ])("$what", ({ token, expected }) => {
    expect(breadthOf(token)).toEqual(expected);
  });

  it.each([
    { what: "a wildcard scope on one resource", rest: { scope: "*" } },
    { what: "one scope on every resource", rest: { resource: "*" } },
    { what: "a scope that only contains a wildcard", rest: { scope: "s3:*", resource: "*" } },
  ])("is not $what", ({ rest }) => {
    expect(breadthOf(holding([grant("write", rest)]))).toEqual({ breadth: "limited" });
  });
});

describe("a kind without a notion of reach is judged by the resources that its grants name", () => {
  it.each<{ what: string; grants: Grant[]; expected: string }>([
    { what: "one named resource counts as selected", grants: [grant("read")], expected: "limited" },
    { what: "every resource counts as all", grants: [grant("read", { resource: "*" })], expected: "broad" },
    {
      what: "one wildcard among names counts as all",
      grants: [grant("read"), grant("write", { resource: "*" })],
      expected: "full",
    },
    { what: "a pattern is no wildcard", grants: [grant("read", { resource: "acme/*" })], expected: "limited" },
  ])("$what", ({ grants, expected }) => {
    expect(breadthOf(holding(grants, null))).toEqual({ breadth: expected });
  });
});
