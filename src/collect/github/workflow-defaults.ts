import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED } from "../../model/told.ts";
import type { Reply } from "../../net/http.ts";
import { DEFAULTS } from "../../scopes/workflow-token.ts";
import { type Estate, headOf } from "./estate.ts";
import { familyOf } from "./families.ts";
import { coverageOf, failure } from "./listing.ts";
import { assemble, untold } from "./record.ts";

/** What jobs without `permissions` get: in an organisation, or in one of its repositories. */
export interface Place {
  native: string;
  /** `acme` or `acme/shop`. */
  name: string;
  principal: string;
  path: string;
  api: string;
  page: string;
  selection: "all" | "single";
}

/** Whether repositories have a choice of their own: where the organisation's default is to read, they have none. */
export type Choice = { isOpen: boolean };

/** The organisation's default for the tokens of workflows; the generator returns what it leaves to the repositories. */
export async function* organizationDefault(estate: Estate): AsyncGenerator<Collected, Choice> {
  const { account } = estate;
  const path = `orgs/${account}/actions/permissions/workflow`;
  const reply = await estate.http.get({ path });
  const token = normaliseDefault(reply, estate, {
    native: "default",
    name: account,
    principal: account,
    path,
    api: "GET /orgs/{org}/actions/permissions/workflow",
    page: `organizations/${account}/settings/actions`,
    selection: "all",
  });
  if (token) yield { token };
  const ending = { pages: token ? 1 : 0, strange: 0, ...refusedIn(reply, token, path) };
  const told = coverageOf(estate, { family: familyOf("workflow-defaults"), items: token ? 1 : 0, ending });
  yield* told.map((coverage) => ({ coverage }));
  return { isOpen: token?.workflow?.default !== "read" };
}

/** What stands in the way of a token, if anything does. */
export function refusedIn(reply: Reply, token: Token | undefined, path: string) {
  if (reply.outcome !== "read") return { refused: reply };
  return token ? {} : { refused: failure(`GET ${path} answered no default_workflow_permissions`) };
}

/** The default as a token: what it allows, and that nothing but a setting stands behind it. */
export function normaliseDefault(reply: Reply, estate: Estate, place: Place): Token | undefined {
  if (reply.outcome !== "read" || !isMapping(reply.body)) return undefined;
  const { default_workflow_permissions: level, can_approve_pull_request_reviews: canApprove } = reply.body;
  if (level === undefined) return undefined;
  const known = level === "read" || level === "write" ? level : undefined;
  const { native, name, principal, selection, api, page } = place;
  const head = headOf(estate, { kind: "github/workflow-token", native, name: `default of ${name}`, api, page });
  return assemble(
    head,
    {
      ...untold,
      principal: { value: { type: "workload", id: principal, name, state: "active" } },
      status: { value: "active" },
      grants: known ? { value: grantsOf(known, name) } : FAILED,
      reach: { value: { selection } },
      network: estate.network.apps,
    },
    {
      workflow: { permissions_from: "default", triggers: [], ...(known && { default: known }) },
      ...(typeof canApprove === "boolean" && { labels: { can_approve_pull_request_reviews: String(canApprove) } }),
    },
  );
}

function grantsOf(level: "read" | "write", resource: string): NonNullable<Token["grants"]> {
  return [...DEFAULTS[level]].map(([scope, access]) => ({ family: "workflow", scope, access, resource }));
}
