import type { Token } from "../../model/documents.gen.ts";
import { ask, listOf, type No, pagesOf, reasonOf } from "./ask.ts";
import { iamArn } from "./config.ts";
import { type Person, type Policies, tagsFrom } from "./directory.ts";
import { type Policy, type Rights, rightsOf } from "./grants.ts";
import { type Bearer, normalise } from "./normalise.ts";
import { comparison } from "./rights.ts";
import type { Scan } from "./scan.ts";
import type { Caller, Session } from "./session.ts";

export const SESSION = "aws/session";
export const OWN = "tokenward's own credential";

/** What an identity's ARN says of it. */
export interface Identity {
  type: "root" | "user" | "role" | "federated";
  name: string;
  arn: string;
}

/** `arn:aws:sts::1:assumed-role/NAME/SESSION` acts as a role, whose path it does not tell. */
export function identityOf(arn: string): Identity {
  const [, partition = "aws", , , account = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  const parts = resource.split("/");
  if (resource === "root") return { type: "root", name: "root", arn };
  if (parts[0] === "user") return { type: "user", name: parts.at(-1) ?? "", arn };
  if (parts[0] !== "assumed-role") return { type: "federated", name: parts.at(-1) ?? "", arn };
  const name = parts[1] ?? "";
  return { type: "role", name, arn: iamArn(account, `role/${name}`, { partition }) };
}

/** Whether it acts with keys that are listed: then the listing has them. */
export function isListed({ arn }: Pick<Caller, "arn">): boolean {
  const { type } = identityOf(arn);
  return type === "user" || type === "root";
}

/** The session that tokenward collects with: it is no key, and nothing lists it. */
export async function ownSession(
  caller: Caller,
  { policy, bearer }: { policy: Policy; bearer: Omit<Bearer, "person" | "rights"> },
  scan: Scan,
): Promise<Token> {
  const identity = identityOf(caller.arn);
  const { name, arn, type } = identity;
  // What a federated session may do is known to who opened it.
  const nothing = { person: { name, arn }, rights: { unknown: "not-exposed" } } as const;
  const { person, rights } = type === "role" ? await roleRights(name, arn, policy, scan) : nothing;
  const token = normalise(
    {
      kind: SESSION,
      native: `${identity.type}/${identity.name}`,
      name: `session of the ${identity.type} ${identity.name}`,
      principal: { type: typeOf(identity), id: identity.arn.slice(0, 1_024), name: identity.name, state: "active" },
      status: "Active",
      created: undefined,
      rotated: { unknown: "not-exposed" },
      expires: caller.expiration ? { value: caller.expiration } : { unknown: "not-exposed" },
      lastUsed: { value: scan.context.asOf },
      api: "sts:GetCallerIdentity",
    },
    { ...bearer, person, rights },
  );
  return { ...token, unknown: { ...token.unknown, created: "not-exposed" }, collector: comparison(rights) };
}

export async function roleRights(
  RoleName: string,
  arn: string,
  policy: Policy,
  scan: Scan,
): Promise<{ person: Person; rights: Rights }> {
  const { sdk, iam } = scan.session;
  const role = await ask("iam:GetRole", () => iam.send(new sdk.iam.GetRoleCommand({ RoleName })));
  if (role.outcome !== "read") return refused({ name: RoleName, arn }, role, scan);
  const { Tags, PermissionsBoundary } = role.output.Role ?? {};
  const person = { name: RoleName, arn, tags: tagsFrom(Tags) };
  const policies = await rolePolicies(RoleName, scan.session);
  if ("no" in policies) return refused(person, policies.no, scan);
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
  const rights = await rightsOf({ ...policies, ...(boundary === undefined ? {} : { boundary }) }, policy);
  if ("unknown" in rights && rights.no) scan.notes.refuse(OWN, rights.no);
  return { person, rights };
}

function refused(person: Person, no: No, { notes }: Scan): { person: Person; rights: Rights } {
  notes.refuse(OWN, no);
  return { person, rights: { unknown: reasonOf(no) } };
}

async function rolePolicies(RoleName: string, session: Session): Promise<Policies | { no: No }> {
  const { sdk, iam } = session;
  const attached = await listOf(
    pagesOf("iam:ListAttachedRolePolicies", (marker) =>
      iam.send(new sdk.iam.ListAttachedRolePoliciesCommand({ RoleName, ...marker })),
    ),
    (page) => page.AttachedPolicies,
  );
  if (attached.refused) return { no: attached.refused };
  const names = await listOf(
    pagesOf("iam:ListRolePolicies", (marker) => iam.send(new sdk.iam.ListRolePoliciesCommand({ RoleName, ...marker }))),
    (page) => page.PolicyNames,
  );
  if (names.refused) return { no: names.refused };
  const inline: string[] = [];
  for (const PolicyName of names.items) {
    const text = await ask("iam:GetRolePolicy", () =>
      iam.send(new sdk.iam.GetRolePolicyCommand({ RoleName, PolicyName })),
    );
    if (text.outcome !== "read") return { no: text };
    inline.push(text.output.PolicyDocument ?? "");
  }
  return { attached: attached.items.map(({ PolicyArn = "" }) => PolicyArn), inline, groups: [] };
}

/** People come in by the roles of IAM Identity Center; everything else that assumes a role runs by itself. */
function typeOf({ name }: Identity): "human" | "workload" {
  return name.startsWith("AWSReservedSSO_") ? "human" : "workload";
}
