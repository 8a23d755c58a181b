import { describe, expect, it, vi } from "vitest";
import { judgedFields } from "../../src/model/bundle.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { type Estate, type Fault, faults, type Injection } from "../support/faults.ts";
import { estates, isGap, type Outcome, runOver } from "../support/live.ts";

/** So many requests of a run are tried with each fault; with TOKENWARD_EVERY_REQUEST=1 it is every one of them, which takes a while. */
const TRIED = process.env.TOKENWARD_EVERY_REQUEST ? Number.POSITIVE_INFINITY : 4;

vi.mock("../../src/collect/registry.ts", async (original) => {
  const { withFictitious } = await import("../support/fictitious.ts");
  return withFictitious(original);
});

/** The fields of a token that decide and are neither as they were without a fault, nor told as unknown. */
function changed(token: Token, right: Token | undefined): string[] {
  if (!right) return ["id"];
  const isTold = (field: string) => Object.keys(token.unknown).some((name) => name.split(".", 1)[0] === field);
  return (["id", "account", "kind", ...judgedFields] as const).filter(
    (field) => !isTold(field) && JSON.stringify(token[field]) !== JSON.stringify(right[field]),
  );
}

/** Nothing that the fault took away is missing without a word. */
function expectHonest(found: Outcome, right: Outcome, { fault: { mayMeanNothing }, at }: Injection): void {
  const where = `request ${at}, ${right.asked[at - 1]}`;
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  if (isSame([found.tokens, found.coverage], [right.tokens, right.coverage])) return;
  const byId = new Map(right.tokens.map((token) => [token.id, token]));
  expect(
    found.tokens.flatMap((token) => changed(token, byId.get(token.id)).map((field) => `${token.id} ${field}`)),
    where,
  ).toEqual([]);
  if (mayMeanNothing && found.tokens.length === right.tokens.length) return;
  expect(
    found.coverage.filter((line) => isGap(line) && !right.coverage.some((other) => other.detail === line.detail)),
    where,
  ).not.toEqual([]);
  for (const { detail, remedy } of found.coverage.filter(isGap)) {
    expect(detail).toMatch(/\S/);
    expect(remedy).toMatch(/\S/);
  }
}

/** Evenly spaced where there are too many, and at another request for each fault: together they come by all of them. */
function places(requests: number, fault: Fault): number[] {
  const tried = Math.min(requests, fault.tried ?? TRIED);
  const shift = faults.indexOf(fault);
  const spaced = Array.from({ length: tried }, (_, index) => Math.floor((index * requests) / tried));
  return spaced.map((place) => 1 + ((place + shift) % requests));
}

describe.each(estates)("$id", ({ open }) => {
  let opened: Promise<{ estate: Estate; right: Outcome }> | undefined;
  const given = () => {
    opened ??= Promise.resolve(open()).then(async (estate) => ({ estate, right: await runOver(estate) }));
    return opened;
  };

  it("gives tokens and writes nothing", async () => {
    const { right } = await given();

    expect(right.tokens).not.toEqual([]);
    expect(right.writes).toEqual([]);
  });

  it("gives the same each time", async () => {
    const { estate, right } = await given();

    expect(await runOver(estate)).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
  });

  it.each(faults)("$name, once at any request, changes nothing in silence", async (fault) => {
    const { estate, right } = await given();

    for (const at of places(right.asked.length, fault)) {
      const injection = { fault, at, isForEver: false };
      const found = await runOver(estate, { injection });

      expect(found.hits).toBe(1);
      expectHonest(found, right, injection);
      if (fault.passes || fault.isHarmless) {
        expect(found, `request ${at}`).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
      }
    }
  });

  it.each(faults)("$name, for ever at any request, is told", async (fault) => {
    const { estate, right } = await given();

    for (const at of places(right.asked.length, fault)) {
      const injection = { fault, at, isForEver: true };
      const found = await runOver(estate, { injection });

      expectHonest(found, right, injection);
      if (fault.passes) expect(found.coverage.filter(isGap), `request ${at}`).not.toEqual([]);
      if (fault.isHarmless)
        expect(found, `request ${at}`).toMatchObject({ tokens: right.tokens, coverage: right.coverage });
    }
  });
});
