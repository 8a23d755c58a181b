import type { Grant, Token } from "../../model/documents.gen.ts";
import { covers } from "../../scopes/pattern.ts";
import type { Rights } from "./grants.ts";

/** What is asked in every account, each with what is not known without it. */
export const ACTIONS = {
  "iam:GetAccountSummary": "whether the root user has keys",
  "iam:GenerateCredentialReport": "the credential report",
  "iam:GetCredentialReport": "the credential report: root keys, who is a person",
  "iam:GetAccountAuthorizationDetails": "users, their tags and policies",
  "iam:ListUsers": "users, where the details are not shown",
  "iam:ListAccessKeys": "access keys",
  "iam:GetAccessKeyLastUsed": "when they were last used",
  "iam:ListServiceSpecificCredentials": "credentials of Bedrock, CloudWatch Logs, CodeCommit and Keyspaces",
  "iam:ListSigningCertificates": "signing certificates",
  "iam:GetPolicy": "policies of AWS that something takes from",
  "iam:GetPolicyVersion": "the same",
  "iam:GetRole": "the rights of the role that tokenward collects with",
  "iam:ListAttachedRolePolicies": "the same",
  "iam:ListRolePolicies": "the same",
  "iam:GetRolePolicy": "the same",
} as const;

/** Beside them for `usage: true`. */
export const USAGE_ACTIONS = ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"] as const;
export const ORGANIZATION_ACTION = "organizations:ListAccounts";

const EVERY_ACTION = [
  ...Object.keys(ACTIONS),
  ...USAGE_ACTIONS,
  ORGANIZATION_ACTION,
  "sts:AssumeRole",
  "sts:GetCallerIdentity",
];

/** To paste, as `providers show aws` prints them. */
export const grant: Readonly<Record<string, string>> = {
  "policy of the role in every account": document({
    Sid: "TokenwardReadsCredentialMetadata",
    Effect: "Allow",
    Action: [...Object.keys(ACTIONS), ...USAGE_ACTIONS],
    Resource: "*",
  }),
  "trust policy of the role, in every account but the credential's own": document({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:role/tokenward" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": "tokenward-acme" } },
  }),
  "policy of the identity that assumes it, for several accounts or an organisation": document(
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/tokenward" },
    { Effect: "Allow", Action: ORGANIZATION_ACTION, Resource: "*" },
  ),
};

/** How an identity's rights compare with the least that collecting takes; where nobody knows them the policy on it is unknown. */
export function comparison(rights: Rights): NonNullable<Token["collector"]> {
  if ("unknown" in rights) return { extra: [], least: [...EVERY_ACTION] };
  const scopes = [...new Set(rights.grants.map(({ scope }) => scope))];
  const taken = new Set(rights.grants.filter(isTaken).map(({ scope }) => scope));
  // As it is written in the policy, which may be in other letters.
  const least = rights.grants
    .filter((one) => one.family !== "managed-policy" && isTaken(one))
    .map(({ scope }) => scope);
  return {
    extra: scopes.filter((scope) => !taken.has(scope)),
    least: [...new Set([...EVERY_ACTION, ...least])].slice(0, 1_000),
  };
}

/** What AWS keeps for auditors counts as least too: it reads, and reads no content. */
const AUDIT = /^arn:aws[a-z-]*:iam::aws:policy\/SecurityAudit$/;

function isTaken({ family, scope }: Grant): boolean {
  if (family === "managed-policy") return AUDIT.test(scope);
  return EVERY_ACTION.some((action) => covers(action.toLowerCase(), scope.toLowerCase()));
}

function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}
