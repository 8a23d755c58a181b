import { describe, expect, it } from "vitest";
import { type AccessTokenPlace, accessToken } from "../../../src/collect/gitlab/normalise.ts";
import type { Wire } from "../../../src/collect/gitlab/wire.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";

const place: AccessTokenPlace = {
  account: "acme",
  resource: "acme/web",
  api: "GET /projects/7/access_tokens",
  url: "https://gitlab.com/acme/web/-/settings/access_tokens",
  observed: "2030-01-01T00:00:00Z",
  kind: "project",
  reach: "single",
  user: { unknown: "not-asked" },
};

const record = {
  id: 42,
  user_id: 141,
  name: "deploy",
  created_at: "2029-03-01T08:00:00.123Z",
  expires_at: "2030-02-14",
  last_used_at: null,
  active: true,
  revoked: false,
  scopes: ["read_api"],
  access_level: 40,
};

function made(changes: Wire, where: Partial<AccessTokenPlace> = {}): Token {
  const token = accessToken({ ...record, ...changes }, { ...place, ...where });
  if (!token) throw new Error("no token was made");
  expect(unaccounted(token)).toEqual([]);
  expect(faultsIn("token", token)).toEqual([]);
  return token;
}

const human = { id: "7", username: "alice", kind: "personal", state: { value: "active" } } as const;

describe("an access token", () => {
  it.each([undefined, null, "", "x", 0, -3, 1.5, {}, [], true])("without identity (%j) is no token", (id) => {
    expect(accessToken({ ...record, id }, place)).toBeUndefined();
  });

  it.each([
    { what: "a scope that is a number", field: "grants", changes: { scopes: [7] }, reason: "failed" },
    { what: "scopes that are text", field: "grants", changes: { scopes: "api" }, reason: "failed" },
    { what: "scopes that are null", field: "grants", changes: { scopes: null }, reason: "failed" },
    { what: "an empty scope", field: "grants", changes: { scopes: [" "] }, reason: "failed" },
    { what: "no scopes", field: "grants", changes: { scopes: undefined }, reason: "not-exposed" },
    { what: "a role that is a word", field: "grants", changes: { access_level: "owner" }, reason: "failed" },
    { what: "fine permissions that are none", field: "grants", changes: { granular: true }, reason: "failed" },
    { what: "a creation date that is null", field: "created", changes: { created_at: null }, reason: "failed" },
    { what: "a creation date that is none", field: "created", changes: { created_at: "soon" }, reason: "failed" },
    { what: "no creation date", field: "created", changes: { created_at: undefined }, reason: "not-exposed" },
    { what: "an expiry that is a number", field: "expires", changes: { expires_at: 1_900_000_000 }, reason: "failed" },
    { what: "an expiry on no day", field: "expires", changes: { expires_at: "2030-02-30" }, reason: "failed" },
    { what: "no expiry field", field: "expires", changes: { expires_at: undefined }, reason: "not-exposed" },
    { what: "no field of use", field: "last_used", changes: { last_used_at: undefined }, reason: "not-exposed" },
    { what: "a use that is an object", field: "last_used", changes: { last_used_at: {} }, reason: "failed" },
    { what: "flags that are words", field: "status", changes: { active: "yes" }, reason: "failed" },
    { what: "no flags", field: "status", changes: { active: undefined, revoked: undefined }, reason: "not-exposed" },
    {
      what: "inactive, and nobody says why",
      field: "status",
      changes: { active: false, revoked: undefined },
      reason: "not-exposed",
    },
    { what: "nobody's number", field: "principal", changes: { user_id: null }, reason: "not-exposed" },
  ] as const)("with $what has $field unknown: $reason", ({ field, changes, reason }) => {
    const token = made(changes);

    expect(token.unknown[field]).toBe(reason);
    expect(token[field]).toBeUndefined();
  });

  it.each([
    { changes: { revoked: true, active: true }, status: "revoked" },
    { changes: { active: false }, status: "expired" },
    { changes: {}, status: "active" },
  ])("with $changes is $status", ({ changes, status }) => {
    expect(made(changes).status).toBe(status);
  });

  it.each([
    { expires_at: "2030-02-14", expires: "2030-02-14T00:00:00Z" },
    { expires_at: "2030-02-14T00:00:00.000Z", expires: "2030-02-14T00:00:00Z" },
    { expires_at: null, expires: null },
    { expires_at: "2999-12-31", expires: null },
  ])("that expires on $expires_at ends at $expires", ({ expires_at, expires }) => {
    expect(made({ expires_at }).expires).toBe(expires);
  });

  it("was never used where GitLab says null", () => {
    expect(made({ last_used_at: null })).toMatchObject({ last_used: null });
  });

  it("was used within the ten minutes after what GitLab says", () => {
    expect(made({ last_used_at: "2029-12-30T10:20:00.999Z" })).toMatchObject({
      last_used: "2029-12-30T10:20:00Z",
      precision: 600,
    });
  });

  it("holds its scopes and its bot's role, on the project", () => {
    expect(made({ scopes: ["api", "read_registry", "made_up"] }).grants).toEqual([
      { family: "token", scope: "api", access: "admin", resource: "acme/web" },
      { family: "token", scope: "read_registry", access: "read", resource: "acme/web" },
      { family: "token", scope: "made_up", access: "unknown", resource: "acme/web" },
      { family: "role", scope: "access_level:40", access: "admin", resource: "acme/web" },
    ]);
  });

  it("that is fine-grained holds its permissions where they apply, and nobody takes their access for known", () => {
    const granular_scopes = [
      { permissions: ["read_job"], project_id: 9 },
      { permissions: ["read_wiki"], group_id: 3 },
    ];
    const token = made({ scopes: ["granular"], granular: true, granular_scopes, access_level: undefined });

    expect(token.reach).toEqual({ selection: "selected" });
    expect(token.grants?.slice(1)).toEqual([
      { family: "permission", scope: "read_job", access: "unknown", resource: "project 9" },
      { family: "permission", scope: "read_wiki", access: "unknown", resource: "group 3" },
    ]);
  });

  it.each([
    { kind: "personal", user: human, type: "human", owner: "alice" },
    { kind: "impersonation", user: human, type: "human", owner: "alice" },
    { kind: "service", user: { ...human, kind: "service" }, type: "service", owner: undefined },
  ] as const)("of the kind $kind is a $type's", ({ kind, user, type, owner }) => {
    const token = made({}, { kind, user });

    expect(token.principal).toEqual({ type, id: "7", name: "alice", state: "active" });
    expect(token.owner).toBe(owner);
  });

  it("is known by its user's number where nobody asked for users", () => {
    const token = made({});

    expect(token.principal).toEqual({ type: "service", id: "141" });
    expect(token.unknown).toMatchObject({ "principal.state": "not-asked" });
  });

  it("tells what the credential of tokenward has too much, on that record alone", () => {
    const own = { id: "42", user: human, collector: { extra: ["api"], least: ["read_api"] } };

    expect(made({}, { own })).toMatchObject({
      collector: own.collector,
      principal: { name: "alice", state: "active" },
    });
    expect(made({ id: 43 }, { own })).not.toHaveProperty("collector");
  });

  it("says where it was read, and keeps nothing that was not asked for", () => {
    const secret = `glpat-${"x".repeat(20)}`;
    const token = made({ token: secret, last_used_ips: ["203.0.113.9"], description: secret });

    expect(token.evidence).toEqual({ api: place.api, url: place.url, observed: place.observed });
    expect(JSON.stringify(token)).not.toContain(secret);
    expect(token.id).toBe("gitlab/acme/project-access-token/42");
  });

  it.each([undefined, null, 7, "  "])("named %j goes by its number", (name) => {
    expect(made({ name }).name).toBe("42");
  });
});
