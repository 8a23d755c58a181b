import type { ServerResponse } from "node:http";
import type { AwsConfig } from "../../../src/collect/aws/index.ts";
import { type Loopback, type Received, startLoopback } from "../../support/loopback.ts";
import { accountAnswers, type Params } from "./answers.ts";
import { type AccountState, allow } from "./state.ts";
import { answerXml, errorXml } from "./xml.ts";

/** One company at AWS: accounts, and who asks. */
export interface EstateState {
  accounts: Record<string, AccountState>;
  organization?: { Id: string; Name?: string; State?: string; Status?: string }[];
  /** The account and the ARN of the credential that tokenward is given. */
  caller?: { account: string; arn: string };
  /** Items on a page. */
  pageSize?: number;
  /** What is answered instead; undefined: as always. `times` counts how often it was asked. */
  fault?: ((asked: Asked, times: number) => Fault | undefined) | undefined;
}

export interface Asked {
  action: string;
  account: string;
  params: Params;
}

export type Fault = { code: string; status: number } | { status: number; body: string } | { xml: object };

export interface Estate {
  server: Loopback;
  /** What was asked, in order. */
  asked: Asked[];
  /** For `sources` of a configuration; the variables are in `env`. */
  source: AwsConfig;
  env: Record<string, string>;
  close(): Promise<void>;
}

export const HOME = "111122223333";
export const USER_KEY = `AKIA${"COLLECTOR0000001"}`;
const SESSION_KEY = `ASIA${"COLLECTOR0000001"}`;

/** A server that speaks IAM's, STS's and Organizations' protocols for these accounts. */
export async function startEstate(state: EstateState, config: Partial<AwsConfig> = {}): Promise<Estate> {
  const caller = state.caller ?? { account: HOME, arn: `arn:aws:sts::${HOME}:assumed-role/tokenward/ci` };
  const asked: Asked[] = [];
  const times = new Map<string, number>();
  const server = await startLoopback((received, response) => {
    const one = askedBy(received, caller.account);
    asked.push(one);
    const key = JSON.stringify(one);
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    answer(one, state.fault?.(one, count), { state, caller }, response);
  });
  const isUser = !caller.arn.includes(":assumed-role/");
  const env = {
    AWS_ID: isUser ? USER_KEY : SESSION_KEY,
    AWS_SECRET: `canary/${"Secret".repeat(6)}`,
    ...(isUser ? {} : { AWS_SESSION: `canary+${"Session".repeat(6)}` }),
  };
  const credential = {
    key_id: { env: "AWS_ID" },
    secret: { env: "AWS_SECRET" },
    ...(isUser ? {} : { session: { env: "AWS_SESSION" } }),
  };
  const source: AwsConfig = { use: "aws", base_url: server.base, credential, ...config };
  return { server, asked, source, env, close: () => server.close() };
}

interface Company {
  state: EstateState;
  caller: { account: string; arn: string };
}

function askedBy({ headers, body }: Received, home: string): Asked {
  const [, keyId = ""] = /Credential=([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const account = /^ASIAIN(\d{12})/.exec(keyId)?.[1] ?? home;
  const target = String(headers["x-amz-target"] ?? "");
  if (target !== "") {
    const params = Object.entries(JSON.parse(body) as object).map(([name, value]) => [name, String(value)]);
    return { action: target.split(".").at(-1) ?? "", account, params: Object.fromEntries(params) as Params };
  }
  const { Action: action = "", Version: _, ...params } = Object.fromEntries(new URLSearchParams(body));
  return { action, account, params };
}

function answer(asked: Asked, fault: Fault | undefined, company: Company, response: ServerResponse): void {
  const { action } = asked;
  const result = fault ?? (action === "ListAccounts" ? { json: accountsOf(asked, company) } : answerOf(asked, company));
  if ("json" in result) send(response, 200, JSON.stringify(result.json), "application/x-amz-json-1.1");
  else if ("code" in result) refuse(response, asked, result);
  else if ("body" in result) send(response, result.status, result.body);
  else send(response, 200, answerXml(action, result.xml));
}

function answerOf({ action, account, params }: Asked, { state, caller }: Company): Fault {
  if (action === "GetCallerIdentity") return { xml: { UserId: "AIDAX", Account: caller.account, Arn: caller.arn } };
  if (action === "AssumeRole") return assumed(params.RoleArn ?? "", state);
  const known = state.accounts[account];
  return known ? accountAnswers(known, { action, params, account, pageSize: state.pageSize ?? 1_000 }) : DENIED;
}

const DENIED = { code: "AccessDenied", status: 403 };

function assumed(roleArn: string, { accounts }: EstateState): Fault {
  const account = roleArn.split(":")[4] ?? "";
  if (!accounts[account]) return DENIED;
  const Credentials = {
    AccessKeyId: `ASIAIN${account}`,
    SecretAccessKey: `canary/${"Assumed".repeat(5)}`,
    SessionToken: `canary+${"Token".repeat(8)}`,
    Expiration: "2030-01-01T01:00:00Z",
  };
  return { xml: { Credentials } };
}

function accountsOf({ params }: Asked, { state }: Company): object {
  const all = state.organization ?? [];
  const from = Number(params.NextToken ?? 0);
  const to = from + Math.min(state.pageSize ?? 20, Number(params.MaxResults ?? 20));
  return { Accounts: all.slice(from, to), ...(to < all.length ? { NextToken: String(to) } : {}) };
}

function refuse(
  response: ServerResponse,
  { action, account }: Asked,
  { code, status }: { code: string; status: number },
): void {
  const message = `User: arn:aws:iam::${account}:role/x is not authorized to perform: ${action}`;
  const inJson = JSON.stringify({ __type: `com.amazonaws.organizations#${code}`, Message: message });
  if (action === "ListAccounts") send(response, status, inJson, "application/x-amz-json-1.1");
  else send(response, status, errorXml(code, message));
}

function send(response: ServerResponse, status: number, body: string, type = "text/xml"): void {
  response.writeHead(status, { "content-type": type, "x-amzn-requestid": "req-1" }).end(body);
}

/** A small company in which everything is asked once, for tests that try each request: two accounts, pages, and every sort of credential. */
export async function smallEstate(): Promise<Estate> {
  const secret = (name: string) => `AKIA${name.padEnd(16, "0")}`;
  const users = [
    {
      name: "deploy",
      keys: [{ id: secret("DEPLOY"), used: "2029-12-30T10:00:00Z" }],
      certificates: [{ id: "CERT1" }],
      services: [
        { id: "ACCABEDROCK", service: "bedrock.amazonaws.com" },
        { id: "ACCALOGS", service: "logs.amazonaws.com" },
      ],
      attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      tags: { owner: "team-shop" },
    },
    { name: "backup", keys: [{ id: secret("BACKUP"), status: "Inactive" }], groups: ["ops"] },
  ];
  const account: AccountState = {
    users,
    groups: { ops: { inline: { reading: allow("s3:GetObject") } } },
    managed: { AdministratorAccess: allow("*") },
    summary: { AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 0 },
    rootKeys: [["true", "2027-01-01T00:00:00+00:00", "N/A"]],
  };
  const organization = [
    { Id: "444455556666", Name: "shop", State: "ACTIVE" },
    { Id: "777788889999", Name: "old", State: "SUSPENDED" },
    { Id: "000011112222", Name: "older", State: "CLOSED" },
  ];
  const config = { organization: true, usage: true };
  return startEstate({ accounts: { "444455556666": account }, organization, pageSize: 2 }, config);
}
