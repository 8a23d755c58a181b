import { describe, expect, it } from "vitest";
import { normaliseAdminToken } from "../../../src/collect/github/admin-tokens.ts";
import { normaliseAuthorization } from "../../../src/collect/github/authorizations.ts";
import { normaliseDeployKey } from "../../../src/collect/github/deploy-keys.ts";
import type { Estate } from "../../../src/collect/github/estate.ts";
import { selectionOf } from "../../../src/collect/github/families.ts";
import { hostsOf } from "../../../src/collect/github/hosts.ts";
import { normaliseInstallation } from "../../../src/collect/github/installations.ts";
import { normaliseToken, type Selected } from "../../../src/collect/github/normalise-personal.ts";
import { normaliseSecret } from "../../../src/collect/github/normalise-secret.ts";
import { holderIn, normalisePresented } from "../../../src/collect/github/user.ts";
import { normaliseDefault } from "../../../src/collect/github/workflow-defaults.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { installation, type Row, secret, token as tokenRow, user } from "./company.ts";
import { sound } from "./gather.ts";

const estate = {
  account: "acme",
  hosts: hostsOf(),
  holder: { type: "app" },
  selection: selectionOf({}),
  asOf: "2030-01-01T00:00:00Z",
  network: { users: { value: null }, apps: { value: null } },
} as unknown as Estate;

const shop = { id: "11", name: "acme/shop", path: "repos/acme/shop", isAsleep: false };
const store = {
  kind: "github/actions-secret",
  prefix: "11/",
  place: "acme/shop",
  api: "GET /repos/{owner}/{repo}/actions/secrets",
  page: "acme/shop/settings/secrets/actions",
  reach: { value: { selection: "single", count: 1 } },
} as const;

const authorization = {
  login: "mona",
  credential_id: 31,
  credential_type: "personal access token",
  credential_authorized_at: "2029-01-01T00:00:00Z",
  credential_accessed_at: "2029-12-30T00:00:00Z",
  authorized_credential_id: 1,
  authorized_credential_expires_at: null,
  authorized_credential_note: "laptop",
  scopes: ["repo"],
};
const deployKey = {
  id: 51,
  key: "ssh-ed25519 AAAA",
  title: "deploy",
  verified: true,
  created_at: "2028-01-01T00:00:00Z",
  read_only: true,
  added_by: "mona",
  last_used: null,
  enabled: true,
};
const adminToken = {
  id: 2,
  scopes: ["repo"],
  note: "script",
  app: { client_id: "0".repeat(20), name: "script", url: "" },
  user: user(5, "hubot"),
  created_at: "2019-04-24T21:49:02Z",
  updated_at: "2019-04-24T21:49:02Z",
  expires_at: null,
};

const subset: Selected = { count: 2 };
const personal = (row: Row, selected: Selected | undefined = subset, isRequest = false) =>
  normaliseToken(row, { estate, isRequest, selected });

type Normalise = (row: Row) => Token | undefined;

/** Every kind of record: a right one, how it is read, and the field that identifies it. */
const kinds: Record<string, { row: Row; normalise: Normalise; id: string; also?: string }> = {
  "a fine-grained token": { row: tokenRow(1), normalise: (row) => personal(row), id: "id" },
  "a request": { row: tokenRow(1), normalise: (row) => personal(row, undefined, true), id: "id" },
  "an authorisation": {
    row: authorization,
    normalise: (row) => normaliseAuthorization(row, estate),
    id: "credential_id",
    also: "credential_type",
  },
  "an installation": { row: installation(41, "app"), normalise: (row) => normaliseInstallation(row, estate), id: "id" },
  "a deploy key": { row: deployKey, normalise: (row) => normaliseDeployKey(row, shop, estate), id: "id" },
  "a secret": { row: secret("NPM"), normalise: (row) => normaliseSecret(row, store, estate), id: "name" },
  "a token of a server": { row: adminToken, normalise: (row) => normaliseAdminToken(row, estate), id: "id" },
};

describe.each(Object.entries(kinds))("%s", (_, { row, normalise, id, also }) => {
  const odd = [
    null,
    0,
    -1,
    "",
    "x".repeat(9_000),
    "\ud800",
    true,
    [],
    [1],
    {},
    { a: 1 },
    "2029-13-45T00:00:00Z",
    1e300,
  ];

  it("accounts for every judged field whatever one field is", () => {
    for (const field of Object.keys(row)) {
      for (const value of odd) {
        const found = normalise({ ...row, [field]: value });
        if (found) sound(found);
      }
    }
  });

  it("accounts for every judged field where one is absent", () => {
    for (const field of Object.keys(row)) {
      const { [field]: _gone, ...rest } = row;
      const found = normalise(rest);
      if (field === id || field === also) expect(found).toBeUndefined();
      else sound(found as Token);
    }
  });

  it.each(
    [undefined, null, {}, [], "", "x".repeat(300), 1.5].filter((value) => id === "id" || typeof value !== "string"),
  )("is no token without an identity: %j", (value) => {
    if (id === "name" && typeof value === "string") return;
    expect(normalise({ ...row, [id]: value })).toBeUndefined();
  });
});

describe("a fine-grained token", () => {
  it.each<{ name: string; more: Row; expected: Partial<Token>; unknown?: Token["unknown"] }>([
    {
      name: "an expired one without a date",
      more: { token_expired: true, token_expires_at: null },
      expected: { status: "expired" },
      unknown: { expires: "not-exposed" },
    },
    {
      name: "one whose state is odd",
      more: { token_expired: "no", token_expires_at: null },
      expected: {},
      unknown: { status: "failed", expires: "not-exposed" },
    },
    { name: "one that never ends", more: { token_expires_at: null }, expected: { expires: null } },
    {
      name: "an end that means never",
      more: { token_expires_at: "9999-12-31T00:00:00Z" },
      expected: { expires: null },
    },
    { name: "an end with an offset", more: {}, expected: { expires: "2030-03-01T15:47:09Z" } },
    {
      name: "an end that is no date",
      more: { token_expires_at: "soon" },
      expected: {},
      unknown: { expires: "failed" },
    },
    { name: "never used", more: { token_last_used_at: null }, expected: { last_used: null } },
    { name: "all repositories", more: { repository_selection: "all" }, expected: { reach: { selection: "all" } } },
    {
      name: "no repositories",
      more: { repository_selection: "none" },
      expected: { reach: { selection: "selected", count: 0 } },
    },
    {
      name: "two repositories",
      more: { repository_selection: "subset" },
      expected: { reach: { selection: "selected", count: 2 } },
    },
    {
      name: "a selection nobody knows",
      more: { repository_selection: "most" },
      expected: {},
      unknown: { reach: "failed" },
    },
    {
      name: "an owner that is no user",
      more: { owner: { id: 1, login: "x", type: "Robot" } },
      expected: { owner: "x" },
      unknown: { principal: "failed" },
    },
    {
      name: "permissions that are no mapping",
      more: { permissions: ["contents"] },
      expected: {},
      unknown: { grants: "failed" },
    },
    {
      name: "a group that is no mapping",
      more: { permissions: { repository: "all" } },
      expected: {},
      unknown: { grants: "failed" },
    },
  ])("$name", ({ more, expected, unknown = {} }) => {
    const found = personal(tokenRow(1, more));
    expect(found).toMatchObject(expected);
    expect(found?.unknown).toMatchObject(unknown);
  });

  it("keeps permissions and levels that nobody knows, without a meaning", () => {
    const permissions = { repository: { contents: "write", brand_new: "execute" }, other: { profile: 7 } };
    expect(personal(tokenRow(1, { permissions }))?.grants).toEqual([
      { family: "app", scope: "contents:write", access: "write", resource: "acme" },
      { family: "app", scope: "brand_new:execute", access: "unknown", resource: "acme" },
      { family: "app", scope: "profile:unknown", access: "unknown", resource: "acme" },
    ]);
  });

  it("is of a single repository where only one was selected", () => {
    expect(personal(tokenRow(1, { repository_selection: "subset" }), { count: 1 })?.reach).toEqual({
      selection: "single",
      count: 1,
    });
  });

  it.each([
    { outcome: "absent", reason: "denied" },
    { outcome: "denied", reason: "denied" },
    { outcome: "failed", reason: "failed" },
  ] as const)("does not know a reach that was $outcome", ({ outcome, reason }) => {
    const refused = { outcome, detail: "no", remedy: "none" };
    expect(personal(tokenRow(1, { repository_selection: "subset" }), { refused })?.unknown.reach).toBe(reason);
  });

  it("is pending as a request, and of another id than its grant", () => {
    const found = personal(tokenRow(1), undefined, true);
    expect(found).toMatchObject({ status: "pending", id: "github/acme/fine-grained-pat/request/1" });
  });

  it("is never older than its grant, whose date is not its own", () => {
    expect(personal(tokenRow(1))?.unknown).toMatchObject({ created: "not-exposed", rotated: "not-exposed" });
  });
});

describe("an authorisation", () => {
  it.each<{ name: string; more: Row; expected: Partial<Token> | undefined; unknown?: Token["unknown"] }>([
    { name: "a type nobody knows is no token", more: { credential_type: "passkey" }, expected: undefined },
    {
      name: "a personal token without scopes may be fine-grained",
      more: { scopes: [] },
      expected: { kind: "github/classic-pat" },
      unknown: { grants: "not-exposed" },
    },
    {
      name: "an OAuth token without scopes has none",
      more: { scopes: [], credential_type: "OAuth app token" },
      expected: { grants: [] },
    },
    { name: "scopes that are no texts", more: { scopes: ["repo", 7] }, expected: {}, unknown: { grants: "failed" } },
    {
      name: "an SSH key never ends",
      more: { credential_type: "SSH key", authorized_credential_expires_at: undefined },
      expected: { expires: null },
    },
    {
      name: "a token whose end is not told",
      more: { authorized_credential_expires_at: undefined },
      expected: {},
      unknown: { expires: "not-exposed" },
    },
    { name: "never used", more: { credential_accessed_at: null }, expected: { last_used: null } },
  ])("$name", ({ more, expected, unknown = {} }) => {
    const found = normaliseAuthorization({ ...authorization, ...more }, estate);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
    expect(found?.unknown ?? {}).toMatchObject(unknown);
  });
});

describe("other kinds", () => {
  it("a suspended installation is disabled, and one without a word on it is not known", () => {
    const read = (more: Row) => normaliseInstallation({ ...installation(41, "app"), ...more }, estate);
    expect(read({ suspended_at: "2029-01-01T00:00:00Z" })).toMatchObject({
      status: "disabled",
      principal: { state: "suspended" },
    });
    expect(read({ suspended_at: null })).toMatchObject({ status: "active", principal: { state: "active" } });
    expect(read({ suspended_at: undefined })?.unknown).toMatchObject({
      status: "not-exposed",
      "principal.state": "not-exposed",
    });
    expect(read({ suspended_at: 0 })?.unknown).toMatchObject({ status: "failed" });
  });

  it.each<{ more: Row; expected: Partial<Token>; unknown?: Token["unknown"] }>([
    { more: { last_used: undefined }, expected: {}, unknown: { last_used: "not-exposed" } },
    { more: { last_used: null }, expected: { last_used: null } },
    { more: { added_by: null }, expected: { owner: null } },
    { more: { enabled: false }, expected: { status: "disabled" } },
    { more: { enabled: "yes" }, expected: {}, unknown: { status: "failed" } },
    { more: { read_only: undefined }, expected: {}, unknown: { grants: "not-exposed" } },
    { more: { read_only: "false" }, expected: {}, unknown: { grants: "failed" } },
    {
      more: { read_only: false },
      expected: { grants: [{ family: "app", scope: "contents:write", access: "write", resource: "acme/shop" }] },
    },
  ])("a deploy key with $more", ({ more, expected, unknown = {} }) => {
    const found = normaliseDeployKey({ ...deployKey, ...more }, shop, estate);
    expect(found).toMatchObject(expected);
    expect(found?.unknown).toMatchObject(unknown);
  });

  it("a secret that was never written again was never rotated", () => {
    const read = (updated: unknown) => normaliseSecret(secret("A", { updated_at: updated }), store, estate);
    expect(read("2029-01-01T00:00:00Z")?.rotated).toBeNull();
    expect(read("2029-06-01T00:00:00Z")?.rotated).toBe("2029-06-01T00:00:00Z");
    expect(read("whenever")?.unknown.rotated).toBe("failed");
  });

  it.each([
    { body: { default_workflow_permissions: "read" }, level: "read", grants: 2 },
    { body: { default_workflow_permissions: "write" }, level: "write", grants: 15 },
    { body: { default_workflow_permissions: "all" }, level: undefined, grants: undefined },
  ])("a default of $level", ({ body, level, grants }) => {
    const reply = { outcome: "read", status: 200, headers: new Headers(), url: "", body } as const;
    const place = {
      native: "default",
      name: "acme",
      principal: "acme",
      path: "",
      api: "",
      page: "",
      selection: "all",
    } as const;
    const found = normaliseDefault(reply, estate, place);
    expect(found?.workflow?.default).toBe(level);
    expect(found?.grants?.length).toBe(grants);
    sound(found as Token);
  });

  it.each([
    { app: { client_id: "0".repeat(20) }, installation: null, kind: "github/classic-pat" },
    { app: { client_id: "Iv1.abc" }, installation: null, kind: "github/oauth-token" },
    { app: { client_id: "Iv1.abc" }, installation: { permissions: {} }, kind: "github/app-user-token" },
    { app: null, installation: undefined, kind: "github/classic-pat" },
  ])("a server's token is a $kind", ({ kind, ...more }) => {
    expect(normaliseAdminToken({ ...adminToken, ...more }, estate)?.kind).toBe(kind);
  });
});

describe("the presented token", () => {
  it.each([
    { secret: "0123456789abcdef", scopes: "repo, read:org", type: "classic", held: ["repo", "read:org"] },
    { secret: "ghp_", scopes: "", type: "classic", held: [] },
    { secret: "gho_", scopes: "repo", type: "oauth", held: ["repo"] },
    { secret: "ghu_", scopes: undefined, type: "app-user", held: undefined },
    { secret: "github_pat_", scopes: undefined, type: "fine-grained", held: undefined },
  ])("is $type by $scopes and $secret", ({ secret: text, scopes, type, held }) => {
    const headers = new Headers(scopes === undefined ? {} : { "x-oauth-scopes": scopes });
    expect(holderIn(headers, text)).toEqual({ type, ...(held && { scopes: held }) });
  });

  it.each([
    { header: undefined, type: "fine-grained", expires: null },
    { header: undefined, type: "oauth", expires: undefined },
    { header: "2030-06-01 12:00:00 UTC", type: "fine-grained", expires: "2030-06-01T12:00:00Z" },
    { header: "2030-06-01 12:00:00 -0700", type: "classic", expires: "2030-06-01T19:00:00Z" },
    { header: "2030-06-01 12:00:00 +02:00", type: "classic", expires: "2030-06-01T10:00:00Z" },
    { header: "2030-06-01T12:00:00Z", type: "classic", expires: "2030-06-01T12:00:00Z" },
    { header: "next summer", type: "classic", expires: undefined },
  ] as const)("of type $type with $header ends $expires", ({ header, type, expires }) => {
    const headers = new Headers(header === undefined ? {} : { "github-authentication-token-expiration": header });
    const found = normalisePresented({ body: user(77, "owner"), headers }, { ...estate, holder: { type } });
    expect(found?.expires).toBe(expires);
    sound(found as Token);
  });

  it("has no rights too many where each comes with one that collecting takes", () => {
    const holder = { type: "classic", scopes: ["repo", "admin:org", "read:org"] } as const;
    const found = normalisePresented({ body: user(77, "owner"), headers: new Headers() }, { ...estate, holder });
    expect(found?.collector?.extra).toEqual([]);
  });
});
