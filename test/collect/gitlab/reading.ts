import { onTestFinished } from "vitest";
import { collect } from "../../../src/collect/index.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import { openNetwork } from "../../../src/net/network.ts";
import { fakeWorld } from "../../support/fake-world.ts";
import { type Loopback, startLoopback } from "../../support/loopback.ts";
import { offline } from "../../support/world.ts";
import type { GitlabEstate } from "./estate.ts";

export interface Told {
  tokens: Token[];
  coverage: Coverage[];
  /** What was asked, below `/api/v4/`, without the query. */
  asked: string[];
  queries: string[];
  writes: string[];
}

/** All that a run tells of an estate. */
export async function readEstate(estate: GitlabEstate): Promise<Told> {
  const server: Loopback = await startLoopback(async (received, response) => {
    const { status, headers, body } = await estate.respond(received);
    response.writeHead(status, headers).end(body);
  });
  onTestFinished(() => server.close());
  const source = { source: estate.source(server.base), root: "/" };
  const { connect } = openNetwork(fakeWorld());
  const means = { ...offline, connect, cwd: "/", env: { ...estate.env }, stdin: async function* () {} };
  const told: Told = { tokens: [], coverage: [], asked: [], queries: [], writes: server.writes };
  for await (const item of collect([source], means)) {
    if ("token" in item) told.tokens.push(without(server.base, item.token));
    else told.coverage.push(item.coverage);
  }
  told.asked = server.received.map(({ url }) => url.pathname.replace(/^\/api\/v4\//, ""));
  told.queries = server.received.map(({ url }) => url.search);
  return told;
}

/** The same whatever port the server got. */
function without(base: string, token: Token): Token {
  return JSON.parse(JSON.stringify(token).replaceAll(base, "https://gitlab.example.com")) as Token;
}
