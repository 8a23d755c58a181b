import { expect, it } from "vitest";
import { collect } from "../../src/collect/index.ts";
import { enrich } from "../../src/enrich/index.ts";
import type { Manifest } from "../../src/model/bundle.ts";
import { repository } from "../support/command.ts";
import { asOf, gather } from "../support/tokens.ts";
import { offline } from "../support/world.ts";
import { evaluators, firstDifference } from "./evaluators.ts";
import { acme, builtIn, numbersUnder } from "./shipped.ts";

const means = { ...offline, cwd: repository, env: {}, stdin: () => process.stdin };
const collected = await gather(enrich(collect(acme.sources.value, means), { asOf }));
const tokens = collected.flatMap((item) => ("token" in item ? [item.token] : []));

it("the example company is read whole", () => {
  const gaps = collected.flatMap((item) => ("coverage" in item && item.coverage.outcome !== "read" ? [item] : []));

  expect(gaps).toEqual([]);
  expect(tokens.length).toBeGreaterThanOrEqual(80);
});

const cases = await Promise.all(
  [
    { numbers: "its own numbers", config: acme },
    { numbers: "the built-in numbers", config: builtIn },
  ].map(async ({ numbers, config }) => {
    const params = (manifest: Manifest) => numbersUnder(config, manifest);
    return { numbers, both: await evaluators([`${repository}policies`], { params }) };
  }),
);

it.each(cases)("the example company is judged alike by `opa eval` and by our host, by $numbers", async ({ both }) => {
  const [native, wasm] = [await both.natively(tokens), both.asWebAssembly(tokens)];

  expect(firstDifference(tokens, both.policies, { native, wasm })).toBeUndefined();
  // What most sources never tell the example does not tell either.
  const fed = both.policies.flatMap(({ applies_to }, index) => (applies_to.given ? [] : [index]));
  expect(native.flat().map(([policy]) => policy)).toEqual(expect.arrayContaining(fed));
});
