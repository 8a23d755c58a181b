import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminTokens } from "../../../src/collect/github/admin-tokens.ts";
import { repositoryAnswers } from "../../../src/collect/github/answers.ts";
import { authorizations } from "../../../src/collect/github/authorizations.ts";
import { connection } from "../../../src/collect/github/connection.ts";
import type { Estate } from "../../../src/collect/github/estate.ts";
import { selectionOf } from "../../../src/collect/github/families.ts";
import { hostsOf } from "../../../src/collect/github/hosts.ts";
import { installations } from "../../../src/collect/github/installations.ts";
import { organizationSecrets, STORES } from "../../../src/collect/github/organization-secrets.ts";
import { personalTokens } from "../../../src/collect/github/personal-tokens.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import type { Collected } from "../../../src/model/flow.ts";
import type { Http } from "../../../src/net/http.ts";
import { sound, worldOf } from "./gather.ts";
import { prism } from "./prism.ts";

/** Each tells how it was answered; what is asked of a repository is told with the repository. */
const LISTINGS = 5;
const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
const servers = new Map<string, { base: string; close: () => Promise<void> }>();

beforeAll(async () => {
  for (const file of ["github", "github-ghes"]) servers.set(file, await prism(file));
}, 120_000);
afterAll(async () => {
  for (const server of servers.values()) await server.close();
});

/** An organisation on a server that answers by GitHub's description; with a seed: made up, the same each time. */
function estateOn(server: string, seed?: number): Estate {
  const base = servers.get(server)?.base ?? "";
  const hosts = { ...hostsOf(), rest: base, graphql: `${base}/graphql` };
  const http = connection(worldOf(), hosts, { bearer: async () => "x".repeat(20), secrets: [] });
  return {
    account: "octo-org",
    http: firstPage(http, seed),
    hosts,
    holder: { type: "app" },
    selection: selectionOf({}),
    asOf: "2030-01-01T00:00:00Z",
    network: { users: { value: null }, apps: { value: null } },
  };
}

/** The description gives every page a next one, at another host. */
function firstPage(http: Http, seed: number | undefined): Http {
  const wish = seed === undefined ? {} : { prefer: `dynamic=true, seed=${seed}` };
  const get: Http["get"] = (request) => http.get({ ...request, headers: { ...request.headers, ...wish } });
  return {
    ...http,
    get,
    async *pages(request) {
      yield await get(request);
    },
  };
}

async function read(items: AsyncIterable<Collected>): Promise<{ tokens: Token[]; coverage: Coverage[] }> {
  const [tokens, coverage]: [Token[], Coverage[]] = [[], []];
  for await (const item of items) {
    if ("token" in item) tokens.push(sound(item.token));
    else coverage.push(item.coverage);
  }
  return { tokens, coverage };
}

const shop = { id: "11", name: "octo-org/shop", path: "repos/octo-org/shop", isAsleep: false };

async function* everything(estate: Estate): AsyncIterable<Collected> {
  yield* personalTokens(estate, "fine-grained-pats");
  yield* personalTokens(estate, "pat-requests");
  yield* authorizations(estate);
  yield* installations(estate);
  const [actions] = STORES;
  yield* organizationSecrets(estate, actions);
  for (const answer of await repositoryAnswers(estate, shop, [
    "deploy-keys",
    "actions-secrets",
    "dependabot-secrets",
  ])) {
    yield* answer.tokens.map((token) => ({ token }));
  }
}

describe("against GitHub's own description", () => {
  it("reads its examples, and asks nothing that it does not allow", async () => {
    const { tokens, coverage } = await read(everything(estateOn("github")));

    expect(coverage.filter(({ outcome }) => outcome !== "read")).toEqual([]);
    expect(new Set(tokens.map(({ kind }) => kind))).toEqual(
      new Set([
        "github/fine-grained-pat",
        "github/classic-pat",
        "github/oauth-token",
        "github/app-user-token",
        "github/ssh-key",
        "github/app-installation",
        "github/actions-secret",
        "github/dependabot-secret",
        "github/deploy-key",
      ]),
    );
    const [first] = tokens;
    expect(first).toMatchObject({
      name: "Some Token",
      expires: "2023-11-16T15:47:09Z",
      last_used: null,
      owner: "octocat",
    });
    expect(JSON.stringify(tokens)).not.toMatch(/71c3fc11|Ae178B4a|ssh-rsa/);
  });

  it.each(seeds)("reads whatever its schemas allow: seed %i", async (seed) => {
    const { tokens, coverage } = await read(everything(estateOn("github", seed)));

    // What a record could not be made of is told.
    expect(coverage.filter(({ outcome }) => outcome === "denied")).toEqual([]);
    expect(coverage.length).toBeGreaterThanOrEqual(LISTINGS);
    expect(tokens.length + coverage.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(0);
  });

  it.each([undefined, ...seeds])(
    "reads the tokens of a server, but never the tokens themselves: seed %s",
    async (seed) => {
      const { tokens, coverage } = await read(adminTokens(estateOn("github-ghes", seed)));

      expect(coverage.map(({ outcome }) => outcome)).not.toContain("denied");
      expect(JSON.stringify(tokens)).not.toMatch(/a whole token stood here|a hash stood here/);
    },
  );
});
