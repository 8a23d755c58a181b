import { expect, it } from "vitest";
import { check } from "../../../src/collect/github/check.ts";
import type { GitHubConfig } from "../../../src/collect/github/config.ts";
import type { Check } from "../../../src/collect/provider.ts";
import { githubEstate, type Made, PERMISSIONS } from "./estate.ts";
import { serve, worldOf } from "./gather.ts";

async function checked(estate: Made): Promise<Check[]> {
  const { base } = await serve(estate);
  const found: Check[] = [];
  for await (const one of check(estate.source(base) as unknown as GitHubConfig, worldOf(estate.env))) found.push(one);
  for (const { outcome, remedy } of found) if (outcome !== "ok") expect(remedy).toBeTruthy();
  return found;
}

const told = (checks: readonly Check[]) => checks.map(({ subject, outcome }) => `${subject}: ${outcome}`);
const config = { organization: "acme" };

it("finds an app with the least rights right, and lists nothing", async () => {
  const estate = githubEstate({ config });
  const checks = await checked(estate);

  expect(checks[0]).toEqual({ subject: "credential", outcome: "ok", detail: "the app tokenward" });
  expect(checks[1]).toMatchObject({ subject: "organization acme", outcome: "ok" });
  expect(checks.slice(2).map(({ outcome }) => outcome)).toEqual(Object.keys(PERMISSIONS).map(() => "ok"));
  expect(estate.asked).toEqual([
    "GET app",
    "GET orgs/acme/installation",
    "POST app/installations/9001/access_tokens",
    "GET orgs/acme",
  ]);
});

it("tells which listing a missing right hides, and which right is too many", async () => {
  const { organization_secrets: _gone, ...rest } = PERMISSIONS;
  const permissions = { ...rest, members: "read", secrets: "write" };
  const checks = await checked(githubEstate({ config, permissions }));

  expect(checks.find(({ outcome }) => outcome === "missing")).toEqual({
    subject: "right organization_secrets:read",
    outcome: "missing",
    detail: "without it these stay hidden: Actions secrets",
    remedy: "grant it, or leave the listings out with skip: [actions-secrets]",
  });
  expect(told(checks).filter((one) => one.endsWith("extra"))).toEqual([
    "right members:read: extra",
    "right secrets:write: extra",
  ]);
});

it("asks for less where less is listed", async () => {
  const skip = ["repositories", "actions-secrets", "dependabot-secrets", "codespaces-secrets"];
  const permissions = { metadata: "read", organization_administration: "read" };
  const checks = await checked(
    githubEstate({ config: { ...config, skip: [...skip, "fine-grained-pats", "pat-requests"] }, permissions }),
  );

  expect(checks.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "ok"]);
});

it("tells the rights of a classic token by its scopes, and what only apps see", async () => {
  const checks = await checked(githubEstate({ config, as: "classic", scopes: "admin:org, gist" }));

  expect(told(checks)).toEqual([
    "credential: ok",
    "organization acme: ok",
    "right admin:org: ok",
    "right repo: missing",
    "right gist: extra",
    "listing fine-grained-pats: missing",
    "listing pat-requests: missing",
  ]);
});

it("does not guess the rights of a token that tells none", async () => {
  const instead = (path: string) => (path === "user" ? { status: 200, body: { id: 1, login: "mona" } } : undefined);
  const checks = await checked(githubEstate({ config, as: "classic", instead }));

  expect(told(checks)).toEqual(["credential: ok", "organization acme: ok", "rights: unknown"]);
});

it.each([
  { name: "credential that is refused", path: "user", status: 401, first: "credential: failed" },
  { name: "organisation that is not there", path: "orgs/acme", status: 404, first: "organization acme: failed" },
])("tells a $name", async ({ path, status, first }) => {
  const instead = (asked: string) => (asked === path ? { status } : undefined);
  expect(told(await checked(githubEstate({ config, as: "classic", instead })))).toContain(first);
});

it("tells an organisation that the app is not installed on", async () => {
  const checks = await checked(githubEstate({ config: { organization: ["initech", "acme"] } }));

  expect(told(checks).slice(0, 3)).toEqual(["credential: ok", "organization initech: failed", "organization acme: ok"]);
});

it.each([
  { body: { data: { enterprise: { slug: "acme-inc" } } }, outcome: "ok" },
  { body: { data: null, errors: [{ type: "NOT_FOUND", message: "none" }] }, outcome: "failed" },
])("tells whether an enterprise answers: $outcome", async ({ body, outcome }) => {
  const instead = (path: string) => (path === "graphql" ? { status: 200, body } : undefined);
  const checks = await checked(githubEstate({ config: { enterprise: "acme-inc" }, instead }));

  expect(told(checks)).toEqual(["credential: ok", `enterprise acme-inc: ${outcome}`]);
});
