import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { gitlab } from "../../../src/collect/gitlab/index.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";
import { openNetwork } from "../../../src/net/network.ts";
import { fakeWorld } from "../../support/fake-world.ts";
import { startLoopback } from "../../support/loopback.ts";
import { offline } from "../../support/world.ts";
import type { Viewer } from "./company.ts";
import { gitlabEstate } from "./estate.ts";
import { type Described, describedGitlab } from "./prism.ts";

let described: Described;
beforeAll(async () => {
  described = await describedGitlab();
});
afterAll(() => described.close());

/** What the provider tells where the description answers, and the company only leads to it. */
async function read(viewer: Viewer, seed?: number): Promise<{ tokens: Token[]; coverage: Coverage[] }> {
  const estate = gitlabEstate({ viewer, perPage: 100, isSmall: true });
  const server = await startLoopback(async (received, response) => {
    const { status, headers, body } = (await described.answer(received, seed)) ?? (await estate.respond(received));
    response.writeHead(status, headers).end(body);
  });
  onTestFinished(() => server.close());
  const { connect } = openNetwork(fakeWorld());
  const context = { ...offline, connect, root: "/", cwd: "/", env: { ...estate.env }, stdin: async function* () {} };
  const told: { tokens: Token[]; coverage: Coverage[] } = { tokens: [], coverage: [] };
  for await (const item of gitlab.collect(estate.source(server.base), context)) {
    if ("token" in item) told.tokens.push(item.token);
    else told.coverage.push(item.coverage);
  }
  return told;
}

const viewers = ["admin", "owner", "plain"] as const;

describe.each(viewers)("as GitLab describes itself, to the viewer %s", (viewer) => {
  it("has examples that are read without asking for anything that is not described", async () => {
    const { tokens, coverage } = await read(viewer);

    expect(described.violations).toEqual([]);
    expect(tokens.length).toBeGreaterThan(2);
    expect(coverage.filter(({ outcome }) => outcome === "denied").map(({ subject }) => subject)).toEqual(
      viewer === "plain" ? ["projects where the role is below Maintainer"] : [],
    );
    expect(tokens.flatMap((token) => [...unaccounted(token), ...faultsIn("token", token)])).toEqual([]);
  });

  it.each(Array.from({ length: 8 }, (_, index) => index + 1))("may answer whatever it likes: seed %i", async (seed) => {
    const { tokens, coverage } = await read(viewer, seed);

    expect(tokens.flatMap((token) => [...unaccounted(token), ...faultsIn("token", token)])).toEqual([]);
    expect(coverage.flatMap((line) => faultsIn("coverage", line))).toEqual([]);
  });
});

it("gives of each kind that is described the fields of the example", async () => {
  const { tokens } = await read("owner");

  expect(tokens.find(({ kind }) => kind === "gitlab/deploy-token")).toMatchObject({
    name: "MyToken",
    principal: { id: "gitlab+deploy-token-1" },
    expires: "2020-02-14T00:00:00Z",
    grants: [{ scope: "read_repository", access: "read" }],
  });
  expect(tokens.find(({ kind }) => kind === "gitlab/trigger-token")).toMatchObject({
    name: "test",
    created: "2015-12-24T15:51:21Z",
    last_used: "2015-12-24T17:54:31Z",
    owner: "admin",
  });
});
