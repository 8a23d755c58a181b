import { expect, it } from "vitest";
import { type AwsConfig, aws } from "../../../src/collect/aws/index.ts";
import type { Check } from "../../../src/collect/provider.ts";
import { contextOf, started } from "./collecting.ts";
import { type EstateState, HOME } from "./estate.ts";
import { allow } from "./state.ts";

const OTHER = "444455556666";
const KEY = `AKIA${"ALICE".padEnd(16, "0")}`;
const ALICE = { name: "alice", keys: [{ id: KEY }] };
const MANAGED = { SecurityAudit: allow("iam:Get*") };

async function checked(state: EstateState, config: Partial<AwsConfig> = {}, env?: Record<string, string>) {
  const estate = await started(state, config);
  const context = contextOf({ env: env ?? estate.env });
  const checks: Check[] = [];
  for await (const one of aws.check(estate.source, context)) checks.push(one);
  for (const { outcome, remedy } of checks) expect(outcome === "ok" || (remedy ?? "") !== "").toBe(true);
  expect(estate.server.writes).toEqual([]);
  return { checks, asked: estate.asked, told: checks.map(({ subject, outcome }) => `${outcome}: ${subject}`) };
}

it("says that there is no credential", async () => {
  const { checks } = await checked({ accounts: {} }, {}, {});

  expect(checks).toMatchObject([
    { subject: "credential", outcome: "failed", detail: expect.stringContaining("AWS_ID") },
  ]);
});

it("says that AWS does not take the credential", async () => {
  const { checks } = await checked({ accounts: {}, fault: () => ({ code: "InvalidClientTokenId", status: 403 }) });

  expect(checks).toMatchObject([
    { subject: "credential", outcome: "failed", remedy: expect.stringContaining("exists") },
  ]);
});

it.each([
  "iam:GetAccountSummary",
  "iam:GenerateCredentialReport",
  "iam:GetAccountAuthorizationDetails",
  "iam:ListServiceSpecificCredentials",
  "iam:ListAccessKeys",
  "iam:GetAccessKeyLastUsed",
  "iam:ListSigningCertificates",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GenerateServiceLastAccessedDetails",
])("names the right that is missing, and asks on: %s", async (right) => {
  const fault: EstateState["fault"] = ({ action }) =>
    `iam:${action}` === right ? { code: "AccessDenied", status: 403 } : undefined;
  const { checks } = await checked(
    { accounts: { [HOME]: { users: [ALICE], managed: MANAGED } }, fault },
    { usage: true },
  );

  expect(checks.filter(({ outcome }) => outcome === "missing")).toMatchObject([
    { subject: `right ${right}`, remedy: expect.stringContaining(`allow ${right}`) },
  ]);
});

it("lists nothing: one of everything, and what a run alone can show is unknown", async () => {
  const users = [ALICE, { name: "bob" }];
  const { told, asked } = await checked({ accounts: { [HOME]: { users, managed: MANAGED } } });

  expect(told.filter((line) => !line.startsWith("ok"))).toEqual(["unknown: right iam:GetCredentialReport"]);
  expect(told).toContain("ok: rights too many");
  const lists = asked.filter(({ action }) => /^(?:List(?!.*Role)|GetAccountAuth)/.test(action));
  expect(lists.map(({ params }) => params.MaxItems)).toEqual(lists.map(() => "1"));
});

it("does not know what takes a user to ask about, where there is none", async () => {
  const { told } = await checked({ accounts: { [HOME]: { managed: MANAGED } } });

  expect(told.filter((line) => line.startsWith("unknown"))).toEqual([
    "unknown: right iam:GetCredentialReport",
    "unknown: right iam:ListAccessKeys",
    "unknown: right iam:GetAccessKeyLastUsed",
    "unknown: right iam:ListSigningCertificates",
  ]);
});

it("names the rights that are too many", async () => {
  const roles = {
    tokenward: { inline: { own: allow("iam:*", ...Array.from({ length: 30 }, (_, at) => `s3:Get${at}`)) } },
  };
  const { checks } = await checked({ accounts: { [HOME]: { users: [ALICE], managed: MANAGED, roles } } });
  const extra = checks.filter(({ outcome }) => outcome === "extra");

  expect(extra).toHaveLength(21);
  expect(extra[0]).toMatchObject({ subject: "right iam:*", remedy: "take iam:* from the role tokenward" });
  expect(extra.at(-1)?.detail).toContain("11 more");
});

it("cannot compare the rights of a user's key before a run", async () => {
  const caller = { account: HOME, arn: `arn:aws:iam::${HOME}:user/alice` };
  const { told } = await checked({ accounts: { [HOME]: { users: [ALICE], managed: MANAGED } }, caller });

  expect(told).toContain("unknown: rights too many");
});

it("tries the role in each account that is named, and says which cannot be entered", async () => {
  const accounts = { [HOME]: {}, [OTHER]: { users: [ALICE], managed: MANAGED } };
  const { told } = await checked({ accounts }, { accounts: [OTHER, "999999999999"] });

  expect(told).toEqual(expect.arrayContaining([`ok: account ${OTHER}`, "missing: account 999999999999"]));
});

it.each([
  { is: "shown", fault: undefined, outcome: "ok" },
  { is: "refused", fault: { code: "AccessDeniedException", status: 400 }, outcome: "missing" },
])("says that the organisation is $is", async ({ fault, outcome }) => {
  const refusing: EstateState["fault"] = ({ action }) => (action === "ListAccounts" ? fault : undefined);
  const state = { accounts: { [HOME]: {} }, organization: [{ Id: HOME, State: "ACTIVE" }], fault: refusing };
  const { told } = await checked(state, { organization: true });

  expect(told).toContain(`${outcome}: right organizations:ListAccounts`);
  expect(told).toContain("unknown: accounts of the organisation");
});
