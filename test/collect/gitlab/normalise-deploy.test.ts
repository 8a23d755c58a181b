import { describe, expect, it } from "vitest";
import { deployKey, deployToken, instanceDeployKey } from "../../../src/collect/gitlab/normalise-deploy.ts";
import type { Token } from "../../../src/model/documents.gen.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";

const place = {
  account: "acme",
  resource: "acme/web",
  api: "GET /projects/7/deploy_tokens",
  observed: "2030-01-01T00:00:00Z",
};
const single = { value: { selection: "single" } } as const;

function sound(token: Token | undefined): Token {
  if (!token) throw new Error("no token was made");
  expect(unaccounted(token)).toEqual([]);
  expect(faultsIn("token", token)).toEqual([]);
  return token;
}

describe("a deploy token", () => {
  const record = {
    id: 1,
    name: "pull",
    username: "gitlab+deploy-token-1",
    scopes: ["read_registry"],
    expires_at: null,
  };
  const made = (changes: object) =>
    sound(deployToken({ ...record, revoked: false, expired: false, ...changes }, place, single));

  it("without a number is none", () => {
    expect(deployToken({ ...record, id: undefined }, place, single)).toBeUndefined();
  });

  it.each([
    { changes: { revoked: "no" }, unknown: { status: "failed" } },
    { changes: { expired: undefined }, unknown: { status: "not-exposed" } },
    { changes: { scopes: {} }, unknown: { grants: "failed" } },
    { changes: { expires_at: "never" }, unknown: {} },
    { changes: { expires_at: 7 }, unknown: { expires: "failed" } },
  ])("with $changes does not know $unknown", ({ changes, unknown }) => {
    expect(made(changes).unknown).toMatchObject(unknown);
  });

  it("never tells its age or its use", () => {
    expect(made({ created_at: "2029-01-01T00:00:00Z" }).unknown).toMatchObject({
      created: "not-exposed",
      last_used: "not-exposed",
    });
  });

  it.each([
    { changes: { revoked: true, expired: true }, status: "revoked" },
    { changes: { expired: true }, status: "expired" },
    { changes: {}, status: "active" },
  ])("with $changes is $status", ({ changes, status }) => {
    expect(made(changes).status).toBe(status);
  });

  it("acts as the user that GitLab makes for it", () => {
    expect(made({})).toMatchObject({
      id: "gitlab/acme/deploy-token/1",
      principal: { type: "service", id: "gitlab+deploy-token-1" },
      expires: null,
      grants: [{ family: "token", scope: "read_registry", access: "read", resource: "acme/web" }],
    });
  });

  it("takes no role from a field that only access tokens have", () => {
    expect(made({ access_level: 50 }).grants).toHaveLength(1);
  });
});

describe("a deploy key", () => {
  const record = { id: 5, title: "ci", created_at: "2028-01-01T00:00:00Z", key: "ssh-ed25519 AAAA" };
  const made = (can_push: unknown, changes: object = {}) =>
    sound(deployKey({ ...record, ...changes }, place, { id: "7", can_push }));

  it.each([
    { can_push: undefined, reason: "not-exposed" },
    { can_push: "yes", reason: "failed" },
    { can_push: null, reason: "failed" },
  ])("that may push: $can_push, has grants unknown: $reason", ({ can_push, reason }) => {
    expect(made(can_push).unknown).toMatchObject({ grants: reason });
  });

  it.each([
    { can_push: true, access: "write" },
    { can_push: false, access: "read" },
  ])("that may push: $can_push, may $access", ({ can_push, access }) => {
    expect(made(can_push).grants).toEqual([
      { family: "deploy-key", scope: `can_push:${can_push}`, access, resource: "acme/web" },
    ]);
  });

  it("is another token in each project, with the same fingerprint", () => {
    const fingerprint_sha256 = `SHA256:${Buffer.alloc(32, 7).toString("base64").replace("=", "")}`;

    expect(made(true, { fingerprint_sha256 })).toMatchObject({
      id: "gitlab/acme/deploy-key/7/5",
      fingerprint: { sha256: "07".repeat(32) },
    });
  });

  it.each([undefined, "4a:9d:64", "SHA256:short", 7])("without a readable fingerprint (%j) has none", (value) => {
    expect(made(true, { fingerprint_sha256: value })).not.toHaveProperty("fingerprint");
  });

  it("does not know its end or its use in releases that do not tell", () => {
    expect(made(true).unknown).toMatchObject({ expires: "not-exposed", last_used: "not-exposed" });
    expect(made(true, { expires_at: null, last_used_at: "2029-01-01T00:00:00Z" })).toMatchObject({
      expires: null,
      last_used: "2029-01-01T00:00:00Z",
    });
  });
});

describe("a deploy key of the instance", () => {
  const { resource: _, ...around } = place;
  const made = (projects: object) =>
    instanceDeployKey({ id: 5, title: "ci", ...projects }, around, (path) => `top ${path.split("/")[0]}`)?.map(sound);

  it.each([
    { what: "projects that are not told", projects: {}, reason: "not-exposed" },
    {
      what: "a project without a path",
      projects: { projects_with_write_access: [{ id: 3 }], projects_with_readonly_access: [] },
      reason: "failed",
    },
  ])("with $what is one token with grants unknown: $reason", ({ projects, reason }) => {
    expect(made(projects)).toMatchObject([
      { id: "gitlab/acme/deploy-key/5", unknown: { grants: reason, reach: reason } },
    ]);
  });

  it("that no project has opens nothing", () => {
    expect(made({ projects_with_write_access: [], projects_with_readonly_access: [] })).toMatchObject([
      { grants: [], reach: { selection: "selected", count: 0 } },
    ]);
  });

  it("is a token in each of its projects, under the project's account", () => {
    const projects_with_write_access = [{ id: 3, path_with_namespace: "a/x" }];
    const projects_with_readonly_access = [{ id: 4, path_with_namespace: "b/y" }];

    expect(made({ projects_with_write_access, projects_with_readonly_access })).toMatchObject([
      { id: "gitlab/top%20a/deploy-key/3/5", account: "top a", grants: [{ scope: "can_push:true", resource: "a/x" }] },
      { id: "gitlab/top%20b/deploy-key/4/5", account: "top b", grants: [{ scope: "can_push:false", resource: "b/y" }] },
    ]);
  });
});
