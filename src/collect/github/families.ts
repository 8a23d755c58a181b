import { withoutHeld } from "./rights.ts";

/** What can be asked for, by the word that `skip` and `include` take. */
export interface Family {
  id: string;
  /** As coverage and people call it. */
  title: string;
  /** Permissions of an app or a fine-grained token, with their level. */
  permissions: readonly string[];
  /** Scopes of a classic token; empty: only an app may ask. */
  scopes: readonly string[];
  /** When there is nothing of the kind, so that GitHub answers 404 as if one might not see it. */
  without?: string;
  /** Only on request. */
  isExtra?: true;
}

export const families = {
  "fine-grained-pats": {
    title: "fine-grained personal access tokens",
    permissions: ["organization_personal_access_tokens:read"],
    scopes: [],
  },
  "pat-requests": {
    title: "requests for fine-grained personal access tokens",
    permissions: ["organization_personal_access_token_requests:read"],
    scopes: [],
  },
  "credential-authorizations": {
    title: "credentials authorised for single sign-on",
    permissions: ["organization_administration:read"],
    scopes: ["read:org"],
    without: "the organisation has no single sign-on",
  },
  installations: {
    title: "app installations",
    permissions: ["organization_administration:read"],
    scopes: ["admin:org"],
  },
  "ip-allow-list": {
    title: "IP allow list",
    permissions: ["organization_administration:read"],
    scopes: ["admin:org"],
    without: "the server has none",
  },
  "workflow-defaults": {
    title: "defaults of workflow tokens",
    permissions: ["organization_administration:read", "administration:read"],
    scopes: ["admin:org", "repo"],
  },
  "actions-secrets": {
    title: "Actions secrets",
    permissions: ["organization_secrets:read", "secrets:read"],
    scopes: ["admin:org", "repo"],
  },
  "dependabot-secrets": {
    title: "Dependabot secrets",
    permissions: ["organization_dependabot_secrets:read", "dependabot_secrets:read"],
    scopes: ["admin:org", "repo"],
  },
  "codespaces-secrets": {
    title: "Codespaces secrets",
    permissions: ["organization_codespaces_secrets:read", "codespaces_secrets:read"],
    scopes: ["admin:org", "repo"],
    without: "the organisation has no Codespaces",
  },
  "environment-secrets": {
    title: "environment secrets",
    permissions: ["actions:read", "environments:read"],
    scopes: ["repo"],
  },
  "deploy-keys": { title: "deploy keys", permissions: ["administration:read"], scopes: ["repo"] },
  "admin-tokens": {
    title: "classic tokens of the whole server",
    permissions: [],
    scopes: ["site_admin"],
    isExtra: true,
  },
} as const satisfies Record<string, Omit<Family, "id">>;

export type FamilyId = keyof typeof families;

export const familyIds = Object.keys(families) as FamilyId[];

/** What a walk over the repositories asks of each. */
export const OF_REPOSITORIES = [
  "deploy-keys",
  "workflow-defaults",
  "actions-secrets",
  "dependabot-secrets",
  "codespaces-secrets",
  "environment-secrets",
] as const satisfies readonly FamilyId[];

/** What `include` and `skip` of a source come to. */
export interface Selection {
  asks: (family: FamilyId) => boolean;
  repositories: boolean;
  archived: boolean;
  /** Families that are left out, with the reason. */
  left: readonly FamilyId[];
}

export function selectionOf({ include = [], skip = [] }: { include?: string[]; skip?: string[] }): Selection {
  const asked = (id: FamilyId) => !skip.includes(id) && (!familyOf(id).isExtra || include.includes(id));
  return {
    asks: asked,
    repositories: !skip.includes("repositories") && OF_REPOSITORIES.some(asked),
    archived: include.includes("archived"),
    left: familyIds.filter((id) => !asked(id)),
  };
}

export function familyOf(id: FamilyId): Family {
  return { id, ...families[id] };
}

/** The least rights for what a source asks, sorted. */
export function leastRights({ asks, repositories }: Selection): { permissions: string[]; scopes: string[] } {
  const asked = familyIds.filter(asks).map(familyOf);
  const permissions = asked
    .flatMap((family) => family.permissions)
    .filter((one) => repositories || isOfOrganization(one));
  const scopes = asked.flatMap((family) => family.scopes).filter((one) => repositories || one !== "repo");
  return { permissions: sorted(["metadata:read", ...permissions]), scopes: sorted(withoutHeld(scopes)) };
}

function isOfOrganization(permission: string): boolean {
  return permission.startsWith("organization_");
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
