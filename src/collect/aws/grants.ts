import type { Grant, Token } from "../../model/documents.gen.ts";
import type { Reason } from "../../model/told.ts";
import { resolveIam } from "../../scopes/iam.ts";
import { powerOf } from "../../scopes/power.ts";
import { type No, reasonOf } from "./ask.ts";
import type { Directory, Policies } from "./directory.ts";
import { type Document, decoded, statementsOf } from "./documents.ts";
import { networkOf } from "./network.ts";

/** What an identity may do, and from where; or why nobody knows, with what to tell of it. */
export type Rights = { grants: Grant[]; network: string[] | null } | { unknown: Reason; no?: No };

/** Where policies are found by name. */
export interface Policy {
  groups: Directory["groups"];
  documentOf: (arn: string) => Promise<Document>;
}

/** What a credential may do that works with some services alone. */
export type OnlyActions = readonly string[];

/**
 * The rights that policies come to. Policies of AWS stay as they are named, for the catalogue knows them, but where
 * something takes from them: a boundary, a Deny, or the service that the credential is for. Then they are read.
 */
export async function rightsOf(
  policies: Policies,
  { groups, documentOf }: Policy,
  only?: OnlyActions,
): Promise<Rights> {
  const inherited = policies.groups.map((name) => groups.get(name));
  if (inherited.includes(undefined)) return { unknown: "failed", no: NO_GROUP };
  const all = [policies, ...inherited.filter((group) => group !== undefined)];
  const attached = [...new Set(all.flatMap((holder) => holder.attached))];
  const own = await documentsOf(
    all.flatMap(({ inline }) => inline.map(async (text) => decoded(text, "an inline policy"))),
    attached.filter((arn) => !isOfAws(arn)).map(documentOf),
  );
  if ("no" in own) return { unknown: reasonOf(own.no), no: own.no };
  const named = attached.filter(isOfAws);
  const { boundary } = policies;
  const isCut = boundary !== undefined || only !== undefined || own.documents.some(denies) || !named.every(isPlain);
  if (!isCut) return resolved({ identity: own.documents }, named);
  const read = await documentsOf(named.map(documentOf), boundary === undefined ? [] : [documentOf(boundary)]);
  if ("no" in read) return { unknown: reasonOf(read.no), no: read.no };
  const [cap] = read.documents.slice(named.length);
  const identity = [...own.documents, ...read.documents.slice(0, named.length), ...(only ? [allBut(only)] : [])];
  return resolved({ identity, boundary: cap ?? null }, []);
}

/** Everything, and nothing can take it away: what the root user has. */
export const EVERYTHING: readonly Grant[] = [{ family: "wildcard", scope: "*", access: "admin", resource: "*" }];

/** How much of the account the grants are on. */
export function reachOf(grants: readonly Grant[]): NonNullable<Token["reach"]> {
  return { selection: grants.some(({ resource }) => resource === "*") ? "all" : "selected" };
}

const NO_GROUP: No = {
  outcome: "failed",
  detail: "iam:GetAccountAuthorizationDetails named a group that it did not list",
  remedy: "run it again: the group may have been made in between",
};
/** As many as a record holds. */
const MOST_GRANTS = 20_000;
const OF_AWS = /^arn:aws[a-z-]*:iam::aws:policy\//;
/** These deny, which the catalogue has no word for. */
const DENYING = /\/AWS(?:CompromisedKeyQuarantine|DenyAll)/;

function isOfAws(arn: string): boolean {
  return OF_AWS.test(arn);
}

/** Whether a policy of AWS is known for what it allows. */
function isPlain(arn: string): boolean {
  return !DENYING.test(arn) && powerOf("aws", managed(arn)).isKnown;
}

function managed(arn: string): Grant {
  return { family: "managed-policy", scope: arn, access: "unknown", resource: "*" };
}

function denies(document: unknown): boolean {
  return statementsOf(document).some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined);
}

function allBut(actions: OnlyActions): unknown {
  return { Version: "2012-10-17", Statement: { Effect: "Deny", NotAction: actions, Resource: "*" } };
}

async function documentsOf(...read: Promise<Document>[][]): Promise<{ documents: unknown[] } | { no: No }> {
  const found = await Promise.all(read.flat());
  const documents: unknown[] = [];
  for (const one of found) {
    if ("no" in one) return { no: one.no };
    documents.push(one.document);
  }
  return { documents };
}

function resolved(documents: Parameters<typeof resolveIam>[0], named: readonly string[]): Rights {
  const resolution = resolveIam(documents);
  if ("faults" in resolution) {
    const [fault] = resolution.faults;
    const detail = `a policy cannot be resolved: ${fault?.pointer ?? ""} ${fault?.says ?? ""}`.slice(0, 1_000);
    return { unknown: "failed", no: { outcome: "failed", detail, remedy: "correct the policy in IAM, or report it" } };
  }
  const grants = [...named.map((arn) => withAccess(managed(arn))), ...resolution.grants];
  if (grants.length > MOST_GRANTS) return { unknown: "failed", no: TOO_MANY };
  return { grants, network: networkOf(documents.identity) };
}

const TOO_MANY: No = {
  outcome: "failed",
  detail: `policies come to more than ${MOST_GRANTS} grants`,
  remedy: "detach policies that the user does not need",
};

function withAccess(grant: Grant): Grant {
  return { ...grant, access: powerOf("aws", grant).access };
}
