import { expect, onTestFinished } from "vitest";
import { type AwsConfig, aws } from "../../../src/collect/aws/index.ts";
import type { Context } from "../../../src/collect/provider.ts";
import { judgedFields } from "../../../src/model/bundle.ts";
import type { Coverage, Token } from "../../../src/model/documents.gen.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";
import { openNetwork } from "../../../src/net/network.ts";
import { fakeWorld } from "../../support/fake-world.ts";
import { type Estate, type EstateState, startEstate } from "./estate.ts";

export { judgedFields };

/** What the provider says of an estate; each token and event is held against its schema on the way. */
export async function collectFrom(state: EstateState, config: Partial<AwsConfig> = {}) {
  const estate = await started(state, config);
  const tokens: Token[] = [];
  const coverage: Coverage[] = [];
  for await (const item of aws.collect(estate.source, contextOf(estate))) {
    if ("token" in item) tokens.push(item.token);
    else if ("coverage" in item) coverage.push(item.coverage);
  }
  for (const token of tokens) expect([faultsIn("token", token), unaccounted(token)]).toEqual([[], []]);
  for (const event of coverage) expect(faultsIn("coverage", event)).toEqual([]);
  expect(new Set(tokens.map(({ id }) => id)).size).toBe(tokens.length);
  expect(estate.server.writes).toEqual([]);
  return { tokens, coverage, asked: estate.asked, actions: estate.asked.map(({ action }) => action) };
}

/** An estate that is stopped with the test. */
export async function started(state: EstateState, config: Partial<AwsConfig> = {}): Promise<Estate> {
  const estate = await startEstate(state, config);
  onTestFinished(() => estate.close());
  return estate;
}

export function contextOf({ env }: Pick<Estate, "env">): Context {
  const world = fakeWorld();
  return {
    root: "/",
    cwd: "/",
    env,
    stdin: () => {
      throw new Error("this test has no standard input");
    },
    asOf: "2030-01-01T00:00:00Z",
    now: world.now,
    connect: openNetwork(world).connect,
  };
}

/** Gaps, as a report would tell them. */
export function gapsIn(coverage: readonly Coverage[]): string[] {
  return coverage
    .filter(({ outcome }) => outcome === "denied" || outcome === "failed")
    .map(({ outcome, subject }) => `${outcome}: ${subject}`);
}
