import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/collect/aws/documents.ts";
import { type Policy, rightsOf } from "../../../src/collect/aws/grants.ts";
import { networkOf } from "../../../src/collect/aws/network.ts";
import { allow, encoded } from "./state.ts";

const OWN = "arn:aws:iam::111122223333:policy/own";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const NEW = "arn:aws:iam::aws:policy/NobodyKnowsThisOne";
const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

const documents: Record<string, unknown> = {
  [OWN]: allow("s3:GetObject"),
  [ADMIN]: allow("*"),
  [QUARANTINE]: { Statement: { Effect: "Deny", Action: ["iam:*"], Resource: "*" } },
  [NEW]: allow("sqs:SendMessage"),
  [BOUNDARY]: allow("s3:*"),
};

/** Policies by name, and which were read. */
function policy(groups: [string, { inline: string[]; attached: string[] }][] = []): Policy & { read: string[] } {
  const read: string[] = [];
  return {
    groups: new Map(groups),
    read,
    async documentOf(arn): Promise<Document> {
      read.push(arn);
      const document = documents[arn];
      if (document) return { document };
      return { no: { outcome: "denied", detail: `iam:GetPolicy ${arn}`, remedy: "allow it" } };
    },
  };
}

const nothing = { inline: [], attached: [], groups: [] };
const scopesOf = (rights: Awaited<ReturnType<typeof rightsOf>>) =>
  "grants" in rights ? rights.grants.map(({ scope, access }) => `${access} ${scope}`).sort() : rights.unknown;

describe("the rights of a user", () => {
  it.each([
    { is: "a text that is not JSON", given: { inline: ["%7Bnot"] }, unknown: "failed" },
    { is: "an encoding that is none", given: { inline: ["%zz"] }, unknown: "failed" },
    { is: "an empty text", given: { inline: [""] }, unknown: "failed" },
    {
      is: "a statement that nobody understands",
      given: { inline: [encoded({ Statement: [{ Effect: "Maybe" }] })] },
      unknown: "failed",
    },
    { is: "a group that was not listed", given: { groups: ["gone"] }, unknown: "failed" },
    {
      is: "a policy that was refused",
      given: { attached: ["arn:aws:iam::111122223333:policy/secret"] },
      unknown: "denied",
    },
    {
      is: "a boundary that was refused",
      given: { attached: [OWN], boundary: "arn:aws:iam::111122223333:policy/secret" },
      unknown: "denied",
    },
  ])("are unknown with $is, and that is told", async ({ given, unknown }) => {
    expect(await rightsOf({ ...nothing, ...given }, policy())).toMatchObject({
      unknown,
      no: { detail: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) },
    });
  });

  it.each([
    { is: "nothing", given: {}, scopes: [] },
    { is: "an inline policy", given: { inline: [encoded(allow("s3:PutObject"))] }, scopes: ["write s3:PutObject"] },
    { is: "the account's own policy", given: { attached: [OWN] }, scopes: ["read s3:GetObject"] },
    { is: "a policy of AWS, by its name", given: { attached: [ADMIN] }, scopes: [`admin ${ADMIN}`] },
    {
      is: "a boundary, which cuts policies of AWS too",
      given: { attached: [ADMIN], boundary: BOUNDARY },
      scopes: ["admin s3:*"],
    },
    { is: "a policy of AWS that the catalogue lacks", given: { attached: [NEW] }, scopes: ["write sqs:SendMessage"] },
  ])("come from $is", async ({ given, scopes }) => {
    expect(scopesOf(await rightsOf({ ...nothing, ...given }, policy()))).toEqual(scopes);
  });

  it("come from its groups", async () => {
    const given = policy([["ops", { inline: [encoded(allow("s3:PutObject"))], attached: [ADMIN] }]]);

    expect(scopesOf(await rightsOf({ ...nothing, groups: ["ops"] }, given))).toEqual([
      `admin ${ADMIN}`,
      "write s3:PutObject",
    ]);
    expect(given.read).toEqual([]);
  });

  it("are less by what AWS itself puts on a key that leaked", async () => {
    const scopes = scopesOf(
      await rightsOf(
        { ...nothing, attached: [QUARANTINE], inline: [encoded(allow("iam:*", "s3:GetObject"))] },
        policy(),
      ),
    );

    expect(scopes).toEqual(["read s3:GetObject"]);
  });

  it("are less by a Deny, also of a policy of AWS", async () => {
    const deny = encoded({ Statement: { Effect: "Deny", NotAction: "s3:*", Resource: "*" } });

    expect(scopesOf(await rightsOf({ ...nothing, attached: [ADMIN], inline: [deny] }, policy()))).toEqual([
      "admin s3:*",
    ]);
  });

  it("are those of one service for a credential of it", async () => {
    expect(scopesOf(await rightsOf({ ...nothing, attached: [ADMIN] }, policy(), ["logs:*"]))).toEqual(["admin logs:*"]);
    expect(scopesOf(await rightsOf({ ...nothing, attached: [OWN] }, policy(), ["logs:*"]))).toEqual([]);
  });
});

describe("the addresses that policies let in", () => {
  const deny = (condition: unknown, more: object = {}) => ({
    Statement: [{ Effect: "Deny", Action: "*", Resource: "*", Condition: condition, ...more }],
  });
  const only = { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] } };

  it.each([
    { is: "no policy", documents: [] },
    {
      is: "an Allow from there",
      documents: [
        {
          Statement: {
            Effect: "Allow",
            Action: "*",
            Resource: "*",
            Condition: { IpAddress: { "aws:SourceIp": "192.0.2.1" } },
          },
        },
      ],
    },
    { is: "an Allow from elsewhere", documents: [deny(only, { Effect: "Allow" })] },
    { is: "a Deny of something", documents: [deny(only, { Action: "s3:*" })] },
    { is: "a Deny on something", documents: [deny(only, { Resource: "arn:aws:s3:::x" })] },
    { is: "a Deny of all but something", documents: [deny(only, { Action: undefined, NotAction: "s3:*" })] },
    { is: "one more condition", documents: [deny({ ...only, StringEquals: { "aws:PrincipalTag/x": "y" } })] },
    { is: "a condition on something else", documents: [deny({ NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } })] },
    { is: "addresses that are none", documents: [deny({ NotIpAddress: { "aws:SourceIp": ["anywhere"] } })] },
    { is: "a list of none", documents: [deny({ NotIpAddress: { "aws:SourceIp": [] } })] },
    { is: "documents that are none", documents: [null, "x", 1, { Statement: "x" }] },
  ])("are all with $is", ({ documents }) => {
    expect(networkOf(documents)).toBeNull();
  });

  it.each([
    { is: "everything from elsewhere is denied", condition: only },
    { is: "AWS itself may come from elsewhere", condition: { ...only, Bool: { "aws:ViaAWSService": "false" } } },
  ])("are named where $is", ({ condition }) => {
    expect(networkOf([allow("*"), deny(condition)])).toEqual(["192.0.2.0/24", "2001:db8::/32"]);
  });
});
