import { describe, expect, it } from "vitest";
import type { Token } from "../../../src/model/documents.gen.ts";
import { company, planted, repository, token } from "./company.ts";
import { CLASSIC, githubEstate, ISSUED, keyPair, type Options } from "./estate.ts";
import { gaps, gather } from "./gather.ts";

const byId = (tokens: readonly Token[]) => new Map(tokens.map((one) => [one.id.replace("github/", ""), one]));

it("reads two organisations as an app, page by page, with stable ids", async () => {
  const { tokens, coverage, server } = await gather(githubEstate({ page: 2 }));

  expect(tokens.map(({ id }) => id)).toMatchInlineSnapshot(`
    [
      "github/acme/fine-grained-pat/1",
      "github/acme/fine-grained-pat/2",
      "github/acme/fine-grained-pat/3",
      "github/acme/fine-grained-pat/4",
      "github/acme/fine-grained-pat/5",
      "github/acme/fine-grained-pat/request/6",
      "github/acme/classic-pat/31",
      "github/acme/oauth-token/32",
      "github/acme/app-user-token/33",
      "github/acme/ssh-key/34",
      "github/acme/classic-pat/35",
      "github/acme/app-installation/41",
      "github/acme/app-installation/42",
      "github/acme/app-installation/9001",
      "github/acme/actions-secret/DEPLOY",
      "github/acme/actions-secret/SIGNING",
      "github/acme/actions-secret/OLD",
      "github/acme/dependabot-secret/REGISTRY",
      "github/acme/workflow-token/default",
      "github/acme/deploy-key/11/51",
      "github/acme/deploy-key/11/52",
      "github/acme/deploy-key/11/53",
      "github/acme/workflow-token/default/11",
      "github/acme/actions-secret/11/NPM",
      "github/acme/actions-secret/11/PYPI",
      "github/acme/actions-secret/11/CODECOV",
      "github/acme/environment-secret/11/61/DB",
      "github/acme/environment-secret/11/62/DB",
      "github/acme/workflow-token/default/12",
      "github/acme/dependabot-secret/12/NPM",
      "github/acme/codespaces-secret/12/NPM",
      "github/acme/deploy-key/14/55",
      "github/acme/workflow-token/default/14",
      "github/acme/workflow-token/default/15",
      "github/globex/fine-grained-pat/7",
      "github/globex/app-installation/9002",
      "github/globex/workflow-token/default",
      "github/globex/deploy-key/21/56",
    ]
  `);
  expect(gaps(coverage)).toEqual([
    "acme: classic tokens of the whole server: not-asked",
    "acme: archived repositories: not-asked",
  ]);
  expect(coverage.find(({ subject }) => subject === "fine-grained personal access tokens")).toMatchObject({
    items: 5,
    pages: 3,
  });
  const versions = new Set(server.received.map(({ headers }) => headers["x-github-api-version"]));
  expect([...versions]).toEqual(["2022-11-28"]);
});

it("shows nothing that GitHub tells only for matching, and no secret that it was given", async () => {
  const { tokens, coverage } = await gather(githubEstate());

  const text = JSON.stringify({ tokens, coverage });
  const kept = [...Object.values(planted), ISSUED, keyPair().pem.split("\n")[1] ?? "", "AAAAC3Nza"];
  expect(kept.filter((secret) => text.includes(secret))).toEqual([]);
});

it("lays the organisation's IP allow list on its tokens, and none where it is off", async () => {
  const found = byId((await gather(githubEstate())).tokens);

  expect(found.get("acme/fine-grained-pat/1")?.network).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
  expect(found.get("acme/app-installation/41")?.network).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
  expect(found.get("acme/actions-secret/DEPLOY")?.unknown.network).toBe("not-exposed");
  expect(found.get("globex/deploy-key/21/56")?.network).toBeNull();
});

it("does not know what apps may come from where the list is open to their makers' addresses", async () => {
  const organizations = company();
  if (organizations.acme) organizations.acme.allowList.forApps = "ENABLED";
  const found = byId((await gather(githubEstate({ organizations }))).tokens);

  expect(found.get("acme/app-installation/41")?.unknown.network).toBe("not-exposed");
  expect(found.get("acme/fine-grained-pat/1")?.network).toHaveLength(2);
});

it("marks the installation it collects with, and what it holds besides the least", async () => {
  const permissions = { metadata: "read", members: "read", secrets: "write" };
  const found = byId((await gather(githubEstate({ permissions }))).tokens);

  expect(found.get("acme/app-installation/9001")?.collector?.extra).toEqual(["members:read", "secrets:write"]);
  expect(found.get("acme/app-installation/41")?.collector).toBeUndefined();
});

it("tells its own installation where no list does", async () => {
  const { tokens } = await gather(githubEstate({ config: { organization: "acme", skip: ["installations"] } }));
  const own = byId(tokens).get("acme/app-installation/9001");

  expect(own?.collector?.extra).toEqual([]);
  expect(own).toMatchObject({ name: "tokenward", status: "active", created: "2027-05-16T15:47:09Z" });
  expect(tokens.filter(({ kind }) => kind === "github/app-installation")).toHaveLength(1);
});

it("knows less of its own installation where its number is given and no list tells more", async () => {
  const app = { id: 123, installation: 9001, private_key: { env: "APP_KEY" } };
  const estate = githubEstate({ config: { organization: "acme", app, skip: ["installations"] } });
  const own = byId((await gather(estate)).tokens).get("acme/app-installation/9001");

  expect(estate.asked).not.toContain("GET orgs/acme/installation");
  expect(own?.grants?.length).toBe(13);
  expect(own?.unknown).toMatchObject({ created: "not-exposed", status: "not-exposed" });
});

const lists = {
  "orgs/acme/personal-access-tokens": "fine-grained personal access tokens",
  "orgs/acme/personal-access-token-requests": "requests for fine-grained personal access tokens",
  "orgs/acme/credential-authorizations": "credentials authorised for single sign-on",
  "orgs/acme/installations": "app installations",
  "orgs/acme/actions/secrets": "Actions secrets",
  "orgs/acme/dependabot/secrets": "Dependabot secrets",
  "orgs/acme/codespaces/secrets": "Codespaces secrets",
  "orgs/acme/actions/permissions/workflow": "defaults of workflow tokens",
  "orgs/acme/repos": "repositories",
  "repos/acme/shop/keys": "deploy keys of repositories",
  "repos/acme/shop/actions/permissions/workflow": "defaults of workflow tokens of repositories",
  "repos/acme/shop/actions/secrets": "Actions secrets of repositories",
  "repos/acme/shop/dependabot/secrets": "Dependabot secrets of repositories",
  "repos/acme/shop/codespaces/secrets": "Codespaces secrets of repositories",
  "repos/acme/shop/environments": "environment secrets of repositories",
  "repos/acme/shop/environments/production/secrets": "environment secrets of repositories",
  graphql: "IP allow list",
};

describe.each(Object.entries(lists))("%s", (path, subject) => {
  it.each([
    { status: 403, outcome: "denied" },
    { status: 410, outcome: "denied" },
    { status: 501, outcome: "failed" },
    { status: 200, outcome: "failed" },
  ])("answers $status with $outcome, and loses nothing else", async ({ status, outcome }) => {
    const estate = githubEstate({
      config: { organization: "acme" },
      instead: (asked) => (asked === path ? { status, body: { message: "made up" } } : undefined),
    });
    const { coverage, tokens } = await gather(estate);

    const told = coverage.filter((one) => one.subject === subject && !["read", "empty"].includes(one.outcome));
    expect(told).toMatchObject([{ outcome }]);
    if (outcome === "denied") expect(told[0]?.remedy).toMatch(/permission|new credential/);
    const others = coverage.filter((one) => one.subject !== subject && ["denied", "failed"].includes(one.outcome));
    expect(others).toEqual([]);
    expect(tokens.length).toBeGreaterThan(13);
  });
});

it("keeps a token whose repositories were refused, and says that its reach is not known", async () => {
  const instead: Options["instead"] = (path) =>
    path === "orgs/acme/personal-access-tokens/3/repositories" ? { status: 404 } : undefined;
  const { tokens, coverage } = await gather(githubEstate({ config: { organization: "acme" }, instead }));

  const found = byId(tokens);
  expect(found.get("acme/fine-grained-pat/3")?.unknown.reach).toBe("denied");
  expect(found.get("acme/fine-grained-pat/2")?.reach).toEqual({ selection: "single", count: 1 });
  expect(gaps(coverage)).toContain("acme: repositories selected for fine-grained personal access tokens: denied");
});

it("counts what a list of many repositories refuses in one line, with some of their names", async () => {
  const { coverage } = await gather(
    githubEstate({
      config: { organization: "acme" },
      instead: (path) => (path.endsWith("/keys") ? { status: 403 } : undefined),
    }),
  );

  const [line] = coverage.filter(({ subject, outcome }) => subject.startsWith("deploy keys") && outcome === "denied");
  expect(line?.detail).toContain('"acme/shop", "acme/site", "acme/docs" and 1 more');
  expect(line?.remedy).toBe(
    "give the app the permission administration:read, or leave them out with skip: [deploy-keys]",
  );
});

it("is told where an app sees selected repositories alone", async () => {
  const { coverage } = await gather(githubEstate({ config: { organization: "globex" }, selection: "selected" }));

  expect(gaps(coverage)).toContain("globex: repositories that the app may not see: denied");
});

it("goes on with the next organisation where the app is not installed on one", async () => {
  const config = { organization: ["initech", "globex"] };
  const { tokens, coverage } = await gather(githubEstate({ config }));

  expect(gaps(coverage)).toEqual([
    "initech: the organisation: denied",
    "globex: classic tokens of the whole server: not-asked",
  ]);
  expect(tokens.map(({ account }) => account)).toContain("globex");
});

it("asks an enterprise for its organisations, and for each only once", async () => {
  const { tokens, coverage } = await gather(githubEstate({ config: { enterprise: "acme-inc" }, page: 1 }));

  expect(new Set(tokens.map(({ account }) => account))).toEqual(new Set(["acme", "globex"]));
  expect(gaps(coverage)).not.toContain("acme-inc: organisations of the enterprise: denied");
});

it.each([
  { name: "refuses", body: { data: null, errors: [{ type: "FORBIDDEN", message: "no" }] }, outcome: "denied" },
  { name: "fails", body: { data: null, errors: [{ message: "Something went wrong" }] }, outcome: "failed" },
  {
    name: "lists something odd",
    body: { data: { enterprise: { slug: "acme-inc", organizations: {} } } },
    outcome: "failed",
  },
  {
    name: "lists a login that leads elsewhere",
    body: {
      data: {
        enterprise: {
          slug: "acme-inc",
          organizations: { nodes: [{ login: "../admin" }], pageInfo: { hasNextPage: false, endCursor: null } },
        },
      },
    },
    outcome: "failed",
  },
])("is incomplete where the enterprise $name", async ({ body, outcome }) => {
  const instead: Options["instead"] = (path, { body: sent }) =>
    path === "graphql" && sent.includes("enterprise(") ? { status: 200, body } : undefined;
  const { tokens, coverage } = await gather(githubEstate({ config: { enterprise: "acme-inc" }, instead }));

  expect(tokens).toEqual([]);
  expect(gaps(coverage)).toEqual([`acme-inc: organisations of the enterprise: ${outcome}`]);
});

describe("as an owner with a classic token", () => {
  it("tells its own token with what the headers say, and that only apps see fine-grained ones", async () => {
    const { tokens, coverage } = await gather(githubEstate({ as: "classic", config: { organization: "acme" } }));
    const own = byId(tokens).get("acme/classic-pat/presented/77");

    expect(own).toMatchObject({
      principal: { type: "human", id: "77", name: "owner", state: "active" },
      expires: "2030-06-01T00:00:00Z",
      last_used: "2030-01-01T00:00:00Z",
      collector: { extra: ["delete_repo"], least: ["admin:org", "repo"] },
    });
    expect(own?.grants?.map(({ scope }) => scope)).toEqual(["repo", "admin:org", "delete_repo"]);
    expect(gaps(coverage)).toEqual([
      "acme: classic tokens of the whole server: not-asked",
      "acme: fine-grained personal access tokens: denied",
      "acme: requests for fine-grained personal access tokens: denied",
      "acme: archived repositories: not-asked",
    ]);
    expect(JSON.stringify({ tokens, coverage })).not.toContain(CLASSIC);
  });

  it("is incomplete where single sign-on may be missing or hidden, and complete once it is skipped", async () => {
    const instead: Options["instead"] = (path) => (path.includes("credential-auth") ? { status: 404 } : undefined);
    const config = { organization: "globex", skip: ["fine-grained-pats", "pat-requests"] };
    const first = await gather(githubEstate({ as: "classic", config, instead }));
    expect(gaps(first.coverage)).toContain("globex: credentials authorised for single sign-on: denied");

    const skip = [...config.skip, "credential-authorizations"];
    const second = await gather(githubEstate({ as: "classic", config: { ...config, skip }, instead }));
    expect(second.coverage.map(({ outcome }) => outcome)).not.toContain("denied");
  });

  it("takes an Enterprise Server at its word that it has no such list", async () => {
    const headers = { "x-github-enterprise-version": "3.19.0" };
    const instead: Options["instead"] = (path) =>
      path.includes("credential-auth") ? { status: 404, headers } : undefined;
    const { coverage } = await gather(githubEstate({ as: "classic", config: { organization: "globex" }, instead }));

    expect(gaps(coverage)).toContain("globex: credentials authorised for single sign-on: not-exposed");
  });

  it("reads the classic tokens of a whole server for a site administrator, and keeps no token or hash", async () => {
    const row = {
      id: 2,
      token: planted.whole,
      hashed_token: planted.hash,
      token_last_eight: planted.tail,
      scopes: ["repo"],
      note: "old script",
      app: { client_id: "0".repeat(20), name: "old script", url: "https://example.com" },
      user: { id: 5, login: "hubot", type: "User" },
      created_at: "2019-04-24T21:49:02Z",
      updated_at: "2019-04-24T21:49:02Z",
      expires_at: null,
    };
    const instead: Options["instead"] = (path) => (path === "admin/tokens" ? { status: 200, body: [row] } : undefined);
    const config = { organization: "globex", include: ["admin-tokens"] };
    const { tokens, coverage } = await gather(githubEstate({ as: "classic", config, instead }));

    const found = tokens.find(({ id }) => id.endsWith("/classic-pat/2"));
    expect(found).toMatchObject({ created: "2019-04-24T21:49:02Z", expires: null, owner: "hubot" });
    expect(found?.account).toMatch(/^127\.0\.0\.1/);
    const text = JSON.stringify({ tokens, coverage });
    expect([planted.whole, planted.hash, planted.tail].filter((secret) => text.includes(secret))).toEqual([]);
  });
});

it("never asks what a hostile name of a repository would lead to", async () => {
  const organizations = company();
  organizations.globex?.repositories.push(
    repository(22, ".."),
    repository(23, "a/../../admin"),
    repository(24, "x?per_page=1"),
  );
  const estate = githubEstate({ organizations, config: { organization: "globex" } });
  const { coverage } = await gather(estate);

  expect(coverage.find(({ detail }) => detail?.startsWith("3 of the records"))).toMatchObject({ outcome: "failed" });
  expect(estate.asked.filter((one) => /admin|%2e|\.\./i.test(one))).toEqual([]);
});

it.each([
  ["goes in circles", 1, (after: string | null) => (after === "a" ? "b" : "a")],
  ["is longer than a record can hold", 101, (after: string | null) => String(Number(after) + 1)],
])("ends an IP allow list that %s with a gap", async (_, most, cursorAfter) => {
  let pages = 0;
  const instead: Options["instead"] = (path, { body }) => {
    const { query, variables } = path === "graphql" ? JSON.parse(body) : { query: "", variables: {} };
    if (!query.includes("ipAllowListEntries")) return undefined;
    pages += 1;
    const nodes = Array.from({ length: 100 }, (_, index) => ({
      allowListValue: `10.${most === 1 ? 0 : pages}.0.${index}`,
      isActive: true,
    }));
    const ipAllowListEntries = { nodes, pageInfo: { hasNextPage: true, endCursor: cursorAfter(variables.after) } };
    const settings = { ipAllowListEnabledSetting: "ENABLED", ipAllowListForInstalledAppsEnabledSetting: "DISABLED" };
    return { status: 200, body: { data: { organization: { login: "globex", ...settings, ipAllowListEntries } } } };
  };
  const { tokens, coverage } = await gather(githubEstate({ config: { organization: "globex" }, instead }));

  expect(gaps(coverage)).toContain("globex: IP allow list: failed");
  expect(tokens.find(({ kind }) => kind === "github/deploy-key")?.unknown.network).toBe("failed");
  expect(pages).toBe(most === 1 ? 3 : most);
});

it("ends a list that repeats itself with a gap", async () => {
  const organizations = company();
  const list = Array.from({ length: 100 }, (_, index) => ({ row: token(1000 + index), repositories: [] }));
  if (organizations.globex) organizations.globex.tokens = list;
  const body = list.map(({ row }) => row);
  const { tokens, coverage } = await gather(
    githubEstate({
      organizations,
      config: { organization: "globex" },
      instead: (path, { url }) =>
        path.endsWith("personal-access-tokens")
          ? { status: 200, body, headers: { link: `<${url.origin}${url.pathname}?page=2>; rel="next"` } }
          : undefined,
    }),
  );

  expect(gaps(coverage)).toContain("globex: fine-grained personal access tokens: failed");
  expect(tokens.filter(({ kind }) => kind === "github/fine-grained-pat")).toHaveLength(100);
});
