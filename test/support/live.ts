import { collect } from "../../src/collect/index.ts";
import type { Coverage, Source, Token } from "../../src/model/documents.gen.ts";
import type { World } from "../../src/net/exchange.ts";
import { openNetwork } from "../../src/net/network.ts";
import { smallEstate } from "../collect/aws/estate.ts";
import { small } from "../collect/github/company.ts";
import { githubEstate } from "../collect/github/estate.ts";
import { smallGitlab } from "../collect/gitlab/estate.ts";
import { fakeWorld } from "./fake-world.ts";
import { type Disturbance, type Estate, estateAt, startFaulty } from "./faults.ts";
import { fictitiousEstate } from "./fictitious.ts";
import { offline } from "./world.ts";

/** Every provider with an estate to try it on: one line each. */
export const estates: readonly { id: string; open: () => Estate | Promise<Estate> }[] = [
  { id: "fictitious", open: fictitiousEstate },
  { id: "github", open: () => githubEstate({ organizations: small(), page: 2 }) },
  { id: "gitlab, to a group's owner", open: () => smallGitlab("owner") },
  { id: "gitlab, to an administrator", open: () => smallGitlab("admin") },
  { id: "aws", open: awsEstate },
];

export interface Outcome {
  tokens: Token[];
  coverage: Coverage[];
  /** What was asked, in order: method, path and body. */
  asked: string[];
  /** How often the fault was sent. */
  hits: number;
  writes: string[];
  port: number;
}

export interface Circumstances extends Pick<World, "keeping" | "signal">, Disturbance {}

/** One run over an estate, with at most one fault; nothing in it sleeps. */
export async function runOver(
  estate: Estate,
  { injection, beforeAnswer, port, ...given }: Circumstances = {},
): Promise<Outcome> {
  const world = fakeWorld({ ...given, limits: injection?.fault.limits ?? {} });
  const server = await startFaulty(estate, world.now, { injection, beforeAnswer, port });
  const { connect } = openNetwork(world);
  const isReplayed = given.keeping?.mode === "replay";
  const env = isReplayed ? {} : (estate.env ?? {});
  const means = { ...offline, cwd: "/", env, stdin: neverAsked, now: world.now, connect, isReplayed };
  const source = estate.source(server.base) as Source;
  const outcome: Outcome = { tokens: [], coverage: [], asked: [], hits: 0, writes: [], port: server.port };
  for await (const item of collect([{ source, root: "/" }], means)) {
    if ("token" in item) outcome.tokens.push(moved(item.token, server.base));
    else outcome.coverage.push(moved(item.coverage, server.base));
  }
  await server.close();
  const asked = server.received.map(({ method, path, body }) => `${method} ${path} ${body}`);
  return { ...outcome, asked, hits: server.hits(), writes: server.writes };
}

export function isGap({ outcome }: Coverage): boolean {
  return outcome === "denied" || outcome === "failed";
}

function neverAsked(): never {
  throw new Error("no source of this test reads standard input");
}

/** Each run has a server at another port. */
function moved<Value>(value: Value, base: string): Value {
  const { host } = new URL(base);
  return JSON.parse(JSON.stringify(value).replaceAll(host, "HOST")) as Value;
}

async function awsEstate(): Promise<Estate> {
  const { server, source, env, close } = await smallEstate();
  return estateAt({ base: server.base, source: { ...source }, env, close });
}
