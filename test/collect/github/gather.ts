import { expect } from "vitest";
import { collect } from "../../../src/collect/index.ts";
import type { Context } from "../../../src/collect/provider.ts";
import { judgedFields } from "../../../src/model/bundle.ts";
import type { Coverage, Source, Token } from "../../../src/model/documents.gen.ts";
import { faultsIn } from "../../../src/model/validate.ts";
import { openNetwork } from "../../../src/net/network.ts";
import type { Estate } from "../../support/faults.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

export const AS_OF = "2030-01-01T00:00:00Z";

/** A context with a network whose waiting takes no time, but moves the clock. */
export function worldOf(env: Readonly<Record<string, string>> = {}, start = Date.parse(AS_OF)): Context {
  let time = start;
  const now = () => time;
  const sleep = async (milliseconds: number) => {
    time += milliseconds;
  };
  const network = openNetwork({ version: "0.0.0", env: {}, now, random: () => 0.5, sleep });
  const nothing = async function* () {};
  return { root: "/", cwd: "/", env, stdin: nothing, asOf: AS_OF, now, connect: network.connect };
}

/** A server for an estate, gone with the test. */
export function serve(estate: Estate): Promise<Loopback> {
  return loopback(async (received, response) => {
    const { status, headers, body } = await estate.respond(received);
    response.writeHead(status, headers).end(body);
  });
}

export interface Gathered {
  tokens: Token[];
  coverage: Coverage[];
  server: Loopback;
}

/** Everything that collecting an estate tells; each token and event is held against its schema on the way. */
export async function gather(estate: Estate, world = worldOf(estate.env)): Promise<Gathered> {
  const server = await serve(estate);
  const { tokens, coverage } = await gatherFrom(estate.source(server.base) as Source, world);
  expect(server.writes).toEqual([]);
  return { tokens, coverage, server };
}

export async function gatherFrom(source: Source, { root, ...means }: Context) {
  const tokens: Token[] = [];
  const coverage: Coverage[] = [];
  for await (const item of collect([{ source, root, position: undefined } as never], means)) {
    if ("token" in item) tokens.push(sound(item.token));
    else coverage.push(item.coverage);
  }
  for (const event of coverage) expect(faultsIn("coverage", event)).toEqual([]);
  expect(new Set(tokens.map(({ id }) => id)).size).toBe(tokens.length);
  return { tokens, coverage };
}

export function sound(token: Token): Token {
  expect(faultsIn("token", token)).toEqual([]);
  for (const field of judgedFields) expect([field, field in token !== field in token.unknown]).toEqual([field, true]);
  return token;
}

/** What a run told beside what was read, but for what GitHub shows nobody: account, subject and outcome. */
export function gaps(coverage: readonly Coverage[]): string[] {
  return coverage
    .filter(({ account, outcome }) => outcome !== "read" && outcome !== "empty" && account !== undefined)
    .map(({ account, subject, outcome }) => `${account}: ${subject}: ${outcome}`);
}
