import { describe, expect, it, vi } from "vitest";
import { collect } from "../../src/collect/index.ts";
import type { Coverage, Source, Token } from "../../src/model/documents.gen.ts";
import { openNetwork } from "../../src/net/network.ts";
import { fakeWorld } from "../support/fake-world.ts";
import { type Estate, type Fault, faults, type Injection, startFaulty } from "../support/faults.ts";
import { fictitious, fictitiousEstate } from "../support/fictitious.ts";
import { offline } from "../support/world.ts";

/** Every provider with an estate to try it on: one line each. */
const estates: readonly { id: string; open: () => Estate | Promise<Estate> }[] = [
  { id: "fictitious", open: fictitiousEstate },
];

/** So many requests of a run are tried, from its first to its last. */
const TRIED = 60;

vi.mock("../../src/collect/registry.ts", async (original) => {
  const registry = await original<typeof import("../../src/collect/registry.ts")>();
  const loadProvider = (id: string) => (id === "fictitious" ? fictitious : registry.loadProvider(id));
  return { ...registry, loadProvider };
});

interface Outcome {
  tokens: Token[];
  coverage: Coverage[];
  requests: number;
  hits: number;
  writes: string[];
}

/** One run over the estate, with at most one fault; nothing in it sleeps. */
async function run(estate: Estate, injection?: Injection): Promise<Outcome> {
  const world = fakeWorld({ limits: injection?.fault.limits ?? {} });
  const server = await startFaulty(estate, world.now, injection);
  const { connect } = openNetwork(world);
  const means = { ...offline, cwd: "/", env: estate.env ?? {}, stdin: neverAsked, now: world.now, connect };
  const source = estate.source(server.base) as Source;
  const outcome: Outcome = { tokens: [], coverage: [], requests: 0, hits: 0, writes: [] };
  for await (const item of collect([{ source, root: "/" }], means)) {
    if ("token" in item) outcome.tokens.push(moved(item.token, server.base));
    else outcome.coverage.push(moved(item.coverage, server.base));
  }
  await server.close();
  return { ...outcome, requests: server.received.length, hits: server.hits(), writes: server.writes };
}

function neverAsked(): never {
  throw new Error("no source of this test reads standard input");
}

/** Each run has a server at another port. */
function moved<Value>(value: Value, base: string): Value {
  const { host } = new URL(base);
  return JSON.parse(JSON.stringify(value).replaceAll(host, "HOST")) as Value;
}

const isGap = ({ outcome }: Coverage) => outcome === "denied" || outcome === "failed";

/** The fields of a token that are neither as they were without a fault, nor told as unknown. */
function changed(token: Token, right: Token | undefined): string[] {
  if (!right) return ["id"];
  const isTold = (field: string) => Object.keys(token.unknown).some((name) => name.split(".", 1)[0] === field);
  const fields = new Set([...Object.keys(token), ...Object.keys(right)]) as Set<keyof Token>;
  return [...fields].filter((field) => {
    if (field === "unknown" || field === "evidence" || isTold(field)) return false;
    return JSON.stringify(token[field]) !== JSON.stringify(right[field]);
  });
}

/** Nothing that the fault took away is missing without a word. */
function expectHonest(found: Outcome, right: Outcome): void {
  const isSame = JSON.stringify([found.tokens, found.coverage]) === JSON.stringify([right.tokens, right.coverage]);
  if (isSame) return;
  const byId = new Map(right.tokens.map((token) => [token.id, token]));
  expect(
    found.tokens.flatMap((token) => changed(token, byId.get(token.id)).map((field) => `${token.id} ${field}`)),
  ).toEqual([]);
  expect(
    found.coverage.filter((line) => isGap(line) && !right.coverage.some((other) => other.detail === line.detail)),
  ).not.toEqual([]);
  for (const { detail, remedy } of found.coverage.filter(isGap)) {
    expect(detail).toMatch(/\S/);
    expect(remedy).toMatch(/\S/);
  }
}

/** From the first to the last, evenly spaced where there are too many. */
function places(requests: number, { tried = TRIED }: Fault): number[] {
  if (requests <= tried) return Array.from({ length: requests }, (_, index) => index + 1);
  return Array.from({ length: tried }, (_, index) => 1 + Math.round((index * (requests - 1)) / (tried - 1)));
}

describe.each(estates)("$id", ({ open }) => {
  let opened: Promise<{ estate: Estate; right: Outcome }> | undefined;
  const given = () => {
    opened ??= Promise.resolve(open()).then(async (estate) => ({ estate, right: await run(estate) }));
    return opened;
  };

  it("gives tokens and writes nothing", async () => {
    const { right } = await given();

    expect(right.tokens).not.toEqual([]);
    expect(right.writes).toEqual([]);
  });

  it("gives the same each time", async () => {
    const { estate, right } = await given();

    expect(await run(estate)).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
  });

  it.each(faults)("$name, once at any request, changes nothing in silence", async (fault) => {
    const { estate, right } = await given();

    for (const at of places(right.requests, fault)) {
      const found = await run(estate, { fault, at, isForEver: false });

      expect(found.hits).toBe(1);
      expectHonest(found, right);
      if (fault.passes || fault.isHarmless) {
        expect(found, `request ${at}`).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
      }
    }
  });

  it.each(faults)("$name, for ever at any request, is told", async (fault) => {
    const { estate, right } = await given();

    for (const at of places(right.requests, fault)) {
      const found = await run(estate, { fault, at, isForEver: true });

      expectHonest(found, right);
      if (fault.passes) expect(found.coverage.filter(isGap), `request ${at}`).not.toEqual([]);
      if (fault.isHarmless)
        expect(found, `request ${at}`).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
    }
  });
});
