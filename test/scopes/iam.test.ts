import { describe, expect, it } from "vitest";
import type { Grant } from "../../src/model/documents.gen.ts";
import { resolveIam } from "../../src/scopes/iam.ts";

const allow = (Action: unknown, more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: unknown, more: object = {}) => ({ Effect: "Deny", Action, Resource: "*", ...more });
const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const identityOf = (...statements: object[]) => ({ identity: [document(...statements)] });
const CONDITION = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } };
/** Joined, or it would look like a template. */
const VARIABLE = ["$", "{aws:username}"].join("");
const BUCKET = "arn:aws:s3:::reports/*";

function grantsOf(documents: Parameters<typeof resolveIam>[0]): Grant[] {
  const resolved = resolveIam(documents);
  if ("faults" in resolved) throw new Error(JSON.stringify(resolved.faults));
  return resolved.grants;
}

const scopesOf = (documents: Parameters<typeof resolveIam>[0]) => grantsOf(documents).map(({ scope }) => scope);

describe("what is no policy is a fault with its place", () => {
  it.each<{ what: string; identity: unknown[]; boundary?: unknown; pointer: string; says: string }>([
    { what: "a text", identity: ["{}"], pointer: "/identity/0", says: 'is "{}", not a policy document' },
    { what: "a list", identity: [[]], pointer: "/identity/0", says: "is a list, not a policy document" },
    { what: "no statement", identity: [{}], pointer: "/identity/0/Statement", says: "is missing" },
    {
      what: "a statement that is a text",
      identity: [{ Statement: "Allow" }],
      pointer: "/identity/0/Statement",
      says: 'is "Allow", not a statement',
    },
    {
      what: "an effect in small letters",
      identity: [document(allow("s3:*", { Effect: "allow" }))],
      pointer: "/identity/0/Statement/0/Effect",
      says: 'is "allow"',
    },
    {
      what: "a misspelt element",
      identity: [document(allow("s3:*", { Conditions: {} }))],
      pointer: "/identity/0/Statement/0/Conditions",
      says: "is no element of an identity's policy",
    },
    {
      what: "neither action",
      identity: [document(allow(undefined))],
      pointer: "/identity/0/Statement/0/Action",
      says: "is missing, and NotAction too",
    },
    {
      what: "both actions",
      identity: [document(allow("s3:*", { NotAction: "iam:*" }))],
      pointer: "/identity/0/Statement/0/NotAction",
      says: "stands beside Action",
    },
    {
      what: "no resource",
      identity: [document(allow("s3:*", { Resource: undefined }))],
      pointer: "/identity/0/Statement/0/Resource",
      says: "is missing, and NotResource too",
    },
    {
      what: "an empty list of actions",
      identity: [document(allow([]))],
      pointer: "/identity/0/Statement/0/Action",
      says: "is an empty list",
    },
    {
      what: "an action without its service",
      identity: [document(allow(["s3:*", "GetObject"]))],
      pointer: "/identity/0/Statement/0/Action/1",
      says: 'is "GetObject"',
    },
    {
      what: "a resource that is a number",
      identity: [document(allow("s3:*", { Resource: [7] }))],
      pointer: "/identity/0/Statement/0/Resource/0",
      says: "is 7",
    },
    {
      what: "a condition that is a text",
      identity: [document(deny("s3:*", { Condition: "mfa" }))],
      pointer: "/identity/0/Statement/0/Condition",
      says: 'is "mfa"',
    },
    {
      what: "a boundary without statements",
      identity: [],
      boundary: {},
      pointer: "/boundary/Statement",
      says: "is missing",
    },
    {
      what: "more than can be compared",
      identity: [document(allow(many("*:a*")), deny(many("*:*a")))],
      pointer: "/identity",
      says: "are policies too large to be compared with each other",
    },
  ])("$what", ({ identity, boundary, pointer, says }) => {
    expect(resolveIam({ identity, boundary })).toEqual({
      faults: [{ pointer, says, remedy: expect.stringMatching(/\w/) }],
    });
  });
});

function many(pattern: string): string[] {
  return Array.from({ length: 500 }, (_, at) => `${pattern}${at}`);
}

describe("a denial that may not hold takes nothing away", () => {
  it.each([
    { what: "with a condition", statement: deny("s3:*", CONDITION) },
    { what: "of some resources", statement: deny("s3:*", { Resource: BUCKET }) },
    { what: "of all but some resources", statement: deny("s3:*", { Resource: undefined, NotResource: BUCKET }) },
    { what: "of a resource by a variable", statement: deny("s3:*", { Resource: `arn:aws:s3:::${VARIABLE}` }) },
    { what: "of another service", statement: deny("s3-outposts:*") },
  ])("$what", ({ statement }) => {
    expect(grantsOf(identityOf(allow("s3:*"), statement))).toEqual([
      { family: "action", scope: "s3:*", access: "admin", resource: "*" },
    ]);
  });

  it.each([
    { allowed: `arn:aws:s3:::reports/${VARIABLE}`, denied: { Resource: "arn:aws:s3:::reports/mona" } },
    {
      allowed: "arn:aws:s3:::reports/mona",
      denied: { Resource: undefined, NotResource: `arn:aws:s3:::reports/${VARIABLE}` },
    },
    { allowed: "arn:aws:s3:::*", denied: { Resource: "arn:aws:s3:::?" } },
    { allowed: "arn:aws:s3:eu-west-1:1:reports", denied: { Resource: "arn:aws:s3:*:reports" } },
    { allowed: "arn:aws:s3:::Reports", denied: { Resource: "arn:aws:s3:::reports" } },
  ])("on $allowed, denied on $denied", ({ allowed, denied }) => {
    expect(scopesOf(identityOf(allow("s3:*", { Resource: allowed }), deny("s3:*", denied)))).toEqual(["s3:*"]);
  });
});

describe("a denial that surely holds takes away", () => {
  it.each([
    { what: "on everything", statement: deny("S3:*") },
    { what: "on the same resource", statement: deny("s3:*", { Resource: BUCKET }) },
    { what: "on a wider pattern", statement: deny("s3:*", { Resource: "arn:aws:s3:::rep*" }) },
    {
      what: "on all but another resource",
      statement: deny("*", { Resource: undefined, NotResource: "arn:aws:sqs:*" }),
    },
    { what: "of all but another service", statement: deny(undefined, { NotAction: "iam:*" }) },
    { what: "with an empty condition", statement: deny("s3:*", { Condition: {} }) },
  ])("$what", ({ statement }) => {
    expect(scopesOf(identityOf(allow("s3:*", { Resource: BUCKET }), statement))).toEqual([]);
  });
});

describe("what is told of what is left", () => {
  it.each<{ what: string; documents: Parameters<typeof resolveIam>[0]; expected: string[] }>([
    { what: "nothing without policies", documents: { identity: [] }, expected: [] },
    {
      what: "a condition at an Allow counts as met",
      documents: identityOf(allow("s3:*", CONDITION)),
      expected: ["s3:*"],
    },
    {
      what: "nothing cut stays as written",
      documents: identityOf(allow(["*", "S3:get*"])),
      expected: ["*", "S3:get*"],
    },
    {
      what: "an unknown name stays as written",
      documents: identityOf(allow("sts:Teleport")),
      expected: ["sts:Teleport"],
    },
    { what: "each once", documents: identityOf(allow(["s3:*", "S3:*"])), expected: ["S3:*"] },
    {
      what: "a boundary's own patterns",
      documents: { ...identityOf(allow("*")), boundary: document(allow(["s3:*", "ec2:Describe*"], CONDITION)) },
      expected: ["s3:*", "ec2:Describe*"],
    },
    {
      what: "a boundary on a resource that cannot overlap keeps nothing",
      documents: {
        ...identityOf(allow("s3:*", { Resource: BUCKET })),
        boundary: document(allow("s3:*", { Resource: "arn:aws:s3:::other" })),
      },
      expected: [],
    },
    {
      what: "a boundary's denial",
      documents: { ...identityOf(allow(["s3:*", "sqs:*"])), boundary: document(allow("*"), deny("s3:*")) },
      expected: ["sqs:*"],
    },
    { what: "no boundary", documents: { ...identityOf(allow("s3:*")), boundary: null }, expected: ["s3:*"] },
    {
      what: "only the actions of a service that is listed whole",
      documents: identityOf(allow("sts:*e"), deny("sts:*Role")),
      expected: ["sts:DecodeAuthorizationMessage"],
    },
    {
      what: "a Deny of all but some leaves those",
      documents: identityOf(allow("*"), deny(undefined, { NotAction: "s3:Get*" })),
      expected: ["s3:Get*"],
    },
  ])("$what", ({ documents, expected }) => {
    expect(scopesOf(documents)).toEqual(expected);
  });

  it("spells out NotAction by service, and sums up what no catalogue lists", () => {
    const grants = grantsOf(identityOf({ Effect: "Allow", NotAction: "iam:*", NotResource: BUCKET }));

    expect(grants).toContainEqual({ family: "action", scope: "kms:*", access: "admin", resource: "*" });
    expect(grants.filter(({ scope }) => scope.startsWith("iam:"))).toEqual([]);
    expect(grants.at(-1)).toEqual({ family: "unlisted-action", scope: "*:*", access: "write", resource: "*" });
  });

  it("counts each action on everything where its resources make too many grants", () => {
    const Resource = Array.from({ length: 100 }, (_, at) => `arn:aws:s3:::reports-${at}`);
    const grants = grantsOf(identityOf({ Effect: "Allow", NotAction: "iam:*", Resource }));

    expect(new Set(grants.map(({ resource }) => resource))).toEqual(new Set(["*"]));
  });
});
