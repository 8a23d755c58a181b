/** A made-up company on GitHub: two organisations, with everything that the API of each shows. */

/** What the API holds and no output may ever show. */
export const planted = {
  tail: ["7f3e", "19ac"].join(""),
  deployKey: `ssh-ed25519 ${"AAAAC3Nza".repeat(6)}`,
  whole: `gh${"p"}_${"Zx9Yw8Vu7T".repeat(4).slice(0, 36)}`,
  hash: "5f".repeat(32),
  named: `gh${"p"}_${"Qa1Ws2Ed3R".repeat(4).slice(0, 36)}`,
};

export type Row = Record<string, unknown>;

export interface Repository {
  row: Row;
  keys: Row[];
  workflow: Row;
  actions: Row[];
  dependabot: Row[];
  codespaces: Row[];
  environments: { row: Row; secrets: Row[] }[];
}

export interface Organization {
  allowList: { enabled: string; forApps: string; entries: Row[] };
  tokens: { row: Row; repositories: Row[] }[];
  requests: { row: Row; repositories: Row[] }[];
  authorizations: Row[];
  installations: Row[];
  secrets: Record<"actions" | "dependabot" | "codespaces", { row: Row; repositories: number }[]>;
  workflow: Row;
  repositories: Repository[];
}

/** The same with fewer repositories, for what is run hundreds of times. */
export function small(): Record<string, Organization> {
  const large = acme();
  const repositories = large.repositories.slice(0, 2);
  return { acme: { ...large, repositories }, globex: { ...globex(), repositories: [] } };
}

/** Ids are far apart, so that none stands twice. */
export const OWN_INSTALLATION: Readonly<Record<string, number>> = { acme: 9001, globex: 9002 };

export function company(): Record<string, Organization> {
  return { acme: acme(), globex: globex() };
}

export function user(id: number, login: string): Row {
  return { id, login, type: "User", site_admin: false };
}

export function token(id: number, more: Row = {}): Row {
  return {
    id,
    owner: user(500 + id, `member-${id}`),
    repository_selection: "all",
    permissions: { organization: { members: "read" }, repository: { metadata: "read", contents: "write" } },
    access_granted_at: "2029-06-01T08:47:09.000-07:00",
    token_id: 70_000 + id,
    token_name: `token ${id}`,
    token_expired: false,
    token_expires_at: "2030-03-01T08:47:09.000-07:00",
    token_last_used_at: "2029-12-31T10:00:00Z",
    ...more,
  };
}

export function repository(id: number, name: string, more: Partial<Repository> = {}): Repository {
  return {
    row: { id, name, full_name: `acme/${name}`, archived: false, disabled: false },
    keys: [],
    workflow: { default_workflow_permissions: "read", can_approve_pull_request_reviews: false },
    actions: [],
    dependabot: [],
    codespaces: [],
    environments: [],
    ...more,
  };
}

export function secret(name: string, more: Row = {}): Row {
  return { name, created_at: "2029-01-01T00:00:00Z", updated_at: "2029-06-01T00:00:00Z", ...more };
}

function key(id: number, more: Row = {}): Row {
  return {
    id,
    key: planted.deployKey,
    title: `key ${id}`,
    verified: true,
    created_at: "2028-01-01T00:00:00Z",
    read_only: true,
    added_by: "mona",
    last_used: "2029-12-01T00:00:00Z",
    enabled: true,
    ...more,
  };
}

function authorization(id: number, type: string, more: Row = {}): Row {
  return {
    login: "mona",
    credential_id: id,
    credential_type: type,
    token_last_eight: planted.tail,
    credential_authorized_at: "2029-01-01T00:00:00Z",
    credential_accessed_at: "2029-12-30T00:00:00Z",
    authorized_credential_id: 80_000 + id,
    authorized_credential_expires_at: null,
    authorized_credential_note: `laptop ${id}`,
    scopes: ["repo", "read:org"],
    ...more,
  };
}

export function installation(id: number, slug: string, more: Row = {}): Row {
  return {
    id,
    app_id: 300 + id,
    app_slug: slug,
    repository_selection: "all",
    permissions: { metadata: "read", contents: "write" },
    created_at: "2027-05-16T08:47:09.000-07:00",
    updated_at: "2027-06-06T11:23:23.000-07:00",
    suspended_at: null,
    ...more,
  };
}

function acme(): Organization {
  return {
    allowList: {
      enabled: "ENABLED",
      forApps: "DISABLED",
      entries: [
        { allowListValue: "203.0.113.0/24", isActive: true },
        { allowListValue: "198.51.100.7", isActive: false },
        { allowListValue: "2001:db8::/32", isActive: true },
      ],
    },
    tokens: [
      { row: token(1), repositories: [] },
      {
        row: token(2, { repository_selection: "subset", token_name: planted.named }),
        repositories: [{ id: 11, full_name: "acme/shop" }],
      },
      {
        row: token(3, { repository_selection: "subset", token_name: "\u001b[31m<script>::error::=cmd|'/C calc'!A0" }),
        repositories: [11, 12, 13].map((id) => ({ id, full_name: `acme/r${id}` })),
      },
      { row: token(4, { token_expired: true, token_expires_at: null, token_last_used_at: null }), repositories: [] },
      { row: token(5, { repository_selection: "none" }), repositories: [] },
    ],
    requests: [{ row: { ...token(6), reason: "to deploy", created_at: "2029-12-24T00:00:00Z" }, repositories: [] }],
    authorizations: [
      authorization(31, "personal access token", { authorized_credential_expires_at: "2030-02-01T00:00:00Z" }),
      authorization(32, "OAuth app token"),
      authorization(33, "GitHub app token", { scopes: [] }),
      authorization(34, "SSH key", { fingerprint: "SHA256:abc", token_last_eight: undefined, scopes: undefined }),
      authorization(35, "personal access token", { scopes: [], credential_accessed_at: null }),
    ],
    installations: [
      installation(41, "deployer", { repository_selection: "selected" }),
      installation(42, "sleeper", { suspended_at: "2029-02-02T00:00:00Z" }),
      installation(9001, "tokenward", { permissions: { metadata: "read", members: "read" } }),
    ],
    secrets: {
      actions: [
        { row: secret("DEPLOY", { visibility: "all" }), repositories: 0 },
        { row: secret("SIGNING", { visibility: "selected" }), repositories: 2 },
        { row: secret("OLD", { visibility: "private", updated_at: "2029-01-01T00:00:00Z" }), repositories: 0 },
      ],
      dependabot: [{ row: secret("REGISTRY", { visibility: "all" }), repositories: 0 }],
      codespaces: [],
    },
    workflow: { default_workflow_permissions: "write", can_approve_pull_request_reviews: true },
    repositories: [
      repository(11, "shop", {
        keys: [key(51), key(52, { read_only: false, last_used: null, added_by: null }), key(53, { enabled: false })],
        workflow: { default_workflow_permissions: "write", can_approve_pull_request_reviews: false },
        actions: [secret("NPM"), secret("PYPI"), secret("CODECOV")],
        environments: [
          { row: { id: 61, name: "production" }, secrets: [secret("DB")] },
          { row: { id: 62, name: "eu/west ?#%2e" }, secrets: [secret("DB")] },
        ],
      }),
      repository(12, "site", { dependabot: [secret("NPM")], codespaces: [secret("NPM")] }),
      repository(13, "old", {
        row: { id: 13, name: "old", full_name: "acme/old", archived: true, disabled: false },
        keys: [key(54)],
      }),
      repository(14, "docs", { keys: [key(55)] }),
      repository(15, "tools"),
    ],
  };
}

function globex(): Organization {
  return {
    allowList: { enabled: "DISABLED", forApps: "DISABLED", entries: [] },
    tokens: [{ row: token(7), repositories: [] }],
    requests: [],
    authorizations: [],
    installations: [installation(9002, "tokenward", { permissions: { metadata: "read" } })],
    secrets: { actions: [], dependabot: [], codespaces: [] },
    workflow: { default_workflow_permissions: "read", can_approve_pull_request_reviews: false },
    repositories: [repository(21, "core", { keys: [key(56)], workflow: { default_workflow_permissions: "read" } })],
  };
}
