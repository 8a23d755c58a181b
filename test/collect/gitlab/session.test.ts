import { expect, it } from "vitest";
import type { GitlabConfig } from "../../../src/collect/gitlab/index.ts";
import { accountOf, openSession, pace } from "../../../src/collect/gitlab/session.ts";
import type { Connection, Http } from "../../../src/net/http.ts";
import { offline } from "../../support/world.ts";

const now = Date.parse("2030-01-01T00:00:00Z");
const headers = (given: Record<string, string>) => new Headers(given);

it.each([
  { given: {}, wait: undefined },
  { given: { "ratelimit-remaining": "0" }, wait: undefined },
  { given: { "ratelimit-remaining": "0", "ratelimit-reset": "soon" }, wait: undefined },
  { given: { "ratelimit-remaining": "1", "ratelimit-reset": String(now / 1_000 + 60) }, wait: undefined },
  { given: { "ratelimit-remaining": "0", "ratelimit-reset": String(now / 1_000 - 5) }, wait: 0 },
  { given: { "ratelimit-remaining": "0", "ratelimit-reset": String(now / 1_000 + 60) }, wait: 60_000 },
  {
    given: {
      "ratelimit-remaining": "0",
      "ratelimit-reset": String(now / 1_000 + 3_660),
      date: new Date(now + 3_600_000).toUTCString(),
    },
    wait: 60_000,
  },
])("waits $wait ms after the headers $given", ({ given, wait }) => {
  expect(pace({ headers: headers(given), now })).toBe(wait);
});

it.each([
  { host: "gitlab.com", path: "acme/web/x", account: "acme" },
  { host: "git.example.com", path: "acme", account: "git.example.com/acme" },
])("names the account of $path on $host $account", ({ host, path, account }) => {
  expect(accountOf({ host }, path)).toBe(account);
});

async function connection(
  config: Partial<GitlabConfig>,
  env: Record<string, string> = { T: "glpat-x" },
): Promise<Connection> {
  let seen: Connection | undefined;
  const connect = (given: Connection): Http => {
    seen = given;
    return offline.connect();
  };
  const world = { ...offline, connect, env, root: "/", cwd: "/", stdin: async function* () {} };
  await openSession({ use: "gitlab", credential: { env: "T" }, ...config }, world).catch((error: unknown) => {
    if (!seen) throw error;
  });
  return seen ?? expect.fail("nothing was connected");
}

it.each([
  { base_url: undefined, base: "https://gitlab.com/api/v4/" },
  { base_url: "https://git.example.com", base: "https://git.example.com/api/v4/" },
  { base_url: "https://git.example.com/gitlab/", base: "https://git.example.com/gitlab/api/v4/" },
  { base_url: "https://git.example.com/api/v4", base: "https://git.example.com/api/v4/" },
])("asks $base for base_url $base_url", async ({ base_url, base }) => {
  expect(await connection(base_url === undefined ? {} : { base_url })).toMatchObject({
    base,
    headers: { "PRIVATE-TOKEN": "glpat-x" },
    secrets: ["glpat-x"],
  });
});

it("says which variable holds no credential", async () => {
  await expect(connection({}, {})).rejects.toMatchObject({
    code: "CREDENTIAL_MISSING",
    message: expect.stringContaining("T is not set"),
  });
});
