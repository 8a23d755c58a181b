import { describe, expect, it } from "vitest";
import { isReading, issuesCredential, requireDeclared, requireReading } from "../../src/net/guard.ts";

const GRAPHQL = "https://api.example.com/graphql";
const AWS = "https://iam.amazonaws.com/";
const ORGANIZATIONS = "https://organizations.us-east-1.amazonaws.com/";
const inGraphql = (query: string, rest = {}) => JSON.stringify({ query, variables: {}, ...rest });

describe("is refused", () => {
  it.each([
    ["PUT", "https://api.example.com/x", ""],
    ["PATCH", "https://api.example.com/x", ""],
    ["DELETE", "https://api.example.com/x", ""],
    ["get", "https://api.example.com/x", ""],
    ["GET", "https://api.example.com/x", "body"],
    ["POST", "https://api.example.com/orgs/acme/repos", "{}"],
    ["POST", "https://api.example.com/app/installations", "{}"],
    ["POST", "https://api.example.com/app/installations/1/access_tokens/2", ""],
    ["POST", "https://api.example.com/app/installations/../access_tokens", ""],
    ["POST", AWS, "Action=DeleteUser&Version=2010-05-08"],
    ["POST", AWS, "Action=CreateAccessKey&Version=2010-05-08"],
    ["POST", AWS, "Action=AssumeRoleAndMore"],
    ["POST", AWS, "Action=Listing"],
    ["POST", AWS, "Action=ListUsers&Action=DeleteUser"],
    ["POST", AWS, "Version=2010-05-08"],
    ["POST", AWS, ""],
    ["POST", `${AWS}other`, "Action=ListUsers"],
    ["POST", GRAPHQL, ""],
    ["POST", GRAPHQL, "query { viewer { login } }"],
    ["POST", "https://api.example.com/graph", inGraphql("{ viewer { login } }")],
  ])("%s %s with %j", (method, url, body) => {
    expect(isReading(method, url, body)).toBe(false);
    expect(() => requireReading(method, new URL(url), body)).toThrow(/not known to only read/);
  });

  it.each([
    "mutation { a }",
    "mutation M { a }",
    "subscription { a }",
    "query Q { a } mutation M { b }",
    "{ a } mutation { b }",
    "# query\nmutation { a }",
    "query Q @d { a },mutation{b}",
    'query Q($a: T = {b: "}"}) { a } mutation { c }',
    'query Q { a(b: "\\"") } mutation { c }',
    'query Q { a(b: """ \\""" } """) } mutation { c }',
    '"""query""" mutation { a }',
    "\uFEFFmutation{a}",
    "fragment F on T { a }",
    "query Q",
    "query Q { a",
    "query Q { a }}",
    "query Q { a ) }",
    'query Q { a(b: "open) }',
    'query Q { a(b: """open") }',
    "extend type T { a }",
    "",
    "query Q { a } ; mutation M { b }",
  ])("the document %j", (document) => {
    expect(isReading("POST", GRAPHQL, inGraphql(document))).toBe(false);
  });

  it.each([
    { extensions: { persistedQuery: { sha256Hash: "0" } } },
    { operationName: "M" },
    { query: 1 },
    { query: null },
  ])("a query with %j", (rest) => {
    expect(isReading("POST", GRAPHQL, inGraphql("{ a }", rest))).toBe(false);
  });

  it.each([
    "AWSOrganizationsV20161128.CreateAccount",
    "AWSOrganizationsV20161128.ListAccounts.CreateAccount",
    "DynamoDB_20120810.ListTables",
    "XAWSOrganizationsV20161128.ListAccounts",
  ])("the AWS target %s", (target) => {
    expect(isReading("POST", ORGANIZATIONS, "{}", target)).toBe(false);
    expect(isReading("POST", ORGANIZATIONS, "Action=ListUsers", target)).toBe(false);
  });
});

describe("passes", () => {
  it.each([
    ["GET", "https://api.example.com/x?y=z", ""],
    ["HEAD", "https://api.example.com/x", ""],
    ["POST", "https://api.example.com/app/installations/12/access_tokens", ""],
    [
      "POST",
      "https://git.example.com/api/v3/app/installations/12/access_tokens",
      '{"permissions":{"metadata":"read"}}',
    ],
    ["POST", AWS, "Action=ListUsers&Version=2010-05-08"],
    ["POST", AWS, "Action=GetAccessKeyLastUsed&AccessKeyId=x"],
    ["POST", AWS, "Action=GenerateCredentialReport"],
    ["POST", AWS, "Action=GetCallerIdentity"],
    ["POST", AWS, "Action=AssumeRole&RoleArn=x"],
    ["POST", AWS, "Action=AssumeRoleWithWebIdentity"],
  ])("%s %s with %j", (method, url, body) => {
    expect(isReading(method, url, body)).toBe(true);
    expect(() => requireReading(method, new URL(url), body)).not.toThrow();
  });

  it.each([
    "{ a }",
    "query { a }",
    'query Q($a: T = {b: ["}", 1.5e-3]}) @d(e: $a) { a: b(c: $a) { ...F ... on U { d } } } fragment F on T @x { mutation }',
    'query Q { mutation(subscription: "mutation { a }") }',
    '# mutation { a }\nquery Q { a(b: """mutation { " \\""" { """) } # mutation',
    '{ a(b: "") }',
  ])("the document %j", (document) => {
    expect(isReading("POST", GRAPHQL, inGraphql(document))).toBe(true);
    expect(isReading("POST", "https://git.example.com/api/graphql", inGraphql(document))).toBe(true);
  });

  it.each(["ListAccounts", "DescribeOrganization"])("the AWS target %s", (action) => {
    expect(isReading("POST", ORGANIZATIONS, "{}", `AWSOrganizationsV20161128.${action}`)).toBe(true);
  });
});

it.each([
  ["https://api.example.com/app/installations/12/access_tokens", "", true],
  [AWS, "Action=AssumeRole", true],
  [AWS, "Action=AssumeRoleWithWebIdentity", true],
  [AWS, "Action=GetSessionToken", true],
  [AWS, "Action=GetCallerIdentity", false],
  [GRAPHQL, inGraphql("{ a }"), false],
])("POST %s with %j issues a credential: %s", (url, body, expected) => {
  expect(issuesCredential(new URL(url), body)).toBe(expected);
});

describe("handing something over", () => {
  const declared = ["https://api.example.com/repos/acme/shop/code-scanning/sarifs"];

  it.each([
    ["POST", "https://api.example.com/repos/acme/other/code-scanning/sarifs"],
    ["POST", "https://api.example.com/repos/acme/shop/code-scanning/sarifs?a=b"],
    ["POST", "https://api.example.com/repos/acme/shop/code-scanning/sarifs/"],
    ["POST", "https://elsewhere.example.com/repos/acme/shop/code-scanning/sarifs"],
    ["PUT", "https://api.example.com/repos/acme/shop/code-scanning/sarifs"],
    ["DELETE", "https://api.example.com/repos/acme/shop/code-scanning/sarifs"],
  ])("%s %s is refused: it was not declared", (method, url) => {
    expect(() => requireDeclared(method, new URL(url), declared)).toThrow(/did not declare it/);
  });

  it("passes where it was declared, and is no reading all the same", () => {
    const url = new URL(declared[0] ?? "");

    expect(() => requireDeclared("POST", url, declared)).not.toThrow();
    expect(() => requireDeclared("POST", url, [])).toThrow(/did not declare it/);
    expect(isReading("POST", url, "{}")).toBe(false);
  });
});
