import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";
import { isQueryDocument } from "./graphql.ts";

/**
 * Whether a request only reads. Everything that tokenward sends passes here first, and servers in tests hold what
 * reaches them against it. `target` is the header `X-Amz-Target`.
 */
export function isReading(method: string, url: URL | string, body = "", target?: string | null): boolean {
  if (method === "GET" || method === "HEAD") return body === "";
  if (method !== "POST") return false;
  const { pathname } = new URL(url);
  if (target) return AWS_TARGET.test(target) && pathname === "/";
  return isQuery(pathname, body) || isAwsReading(pathname, body) || INSTALLATION_TOKEN.test(pathname);
}

/** A request that is not for reading is a bug, wherever it comes from. */
export function requireReading(method: string, url: URL, body?: string, target?: string | null): void {
  if (isReading(method, url, body, target)) return;
  throw new Error(`refused to send ${method} ${url.host}${url.pathname}: it is not known to only read`);
}

/**
 * The one way to hand something over: by POST, to an address that the command itself declared, letter for letter. Who
 * collects has no means to declare one.
 */
export function requireDeclared(method: string, url: URL, declared: readonly string[]): void {
  if (method === "POST" && declared.includes(url.href)) return;
  throw new Error(`refused to send ${method} ${url.host}${url.pathname}: the command did not declare it`);
}

/** Whether the answer is a credential: it is never kept to be used again. */
export function issuesCredential(url: URL, body = ""): boolean {
  return INSTALLATION_TOKEN.test(url.pathname) || AWS_ISSUING.test(new URLSearchParams(body).get("Action") ?? "");
}

/**
 * The one request that makes something: a GitHub App has no credential of its own to read with, only a key to sign for
 * one that lasts an hour. It is issued to tokenward itself and changes nothing that is judged.
 */
const INSTALLATION_TOKEN = /\/app\/installations\/\d+\/access_tokens$/;

/** The verbs with which AWS names what only reads; `Generate` makes the report that `Get` fetches. */
const AWS_ACTION = /^(?:(?:List|Get|Describe|Generate)[A-Z]\w*|AssumeRole|AssumeRoleWithWebIdentity)$/;
const AWS_ISSUING = /^(?:AssumeRole|GetSessionToken|GetFederationToken)/;
const AWS_TARGET = /^AWSOrganizationsV20161128\.(?:List|Describe)[A-Z]\w*$/;

function isAwsReading(pathname: string, body: string): boolean {
  if (pathname !== "/") return false;
  const actions = new URLSearchParams(body).getAll("Action");
  return actions.length === 1 && AWS_ACTION.test(actions[0] ?? "");
}

function isQuery(pathname: string, body: string): boolean {
  if (!pathname.endsWith("/graphql")) return false;
  const asked = parsedJson(body);
  if (!isMapping(asked)) return false;
  const { query, variables, ...rest } = asked;
  // A stored document could be anything, and so could one of several operations.
  return typeof query === "string" && Object.keys(rest).length === 0 && isQueryDocument(query);
}
