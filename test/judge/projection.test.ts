import { expect, it } from "vitest";
import { startEngine } from "../../src/judge/engine.ts";
import { aToken } from "../support/tokens.ts";
import { bundleOf } from "./policies.ts";

const old = { ...aToken({ facts: { age: 9 }, owner: null, labels: { team: "x" } }) };
const lines = (...text: string[]) => text.join("\n");
const oldest = 'fail contains {"n": 1} if ';

/** A field that OPA's dependency analysis overlooked would be projected away, and every rule on it would pass in silence. */
it.each([
  { how: "a plain path", reads: ["facts", "kind"], rules: `${oldest}input.facts.age > 7` },
  { how: "a path in brackets", reads: ["facts", "kind"], rules: `${oldest}input["facts"]["age"] > 7` },
  { how: "a negation", reads: ["facts", "kind"], rules: `${oldest}not input.facts.idle` },
  {
    how: "a key that is computed",
    reads: ["*", "kind"],
    rules: lines(`${oldest}{`, '\tsome field in ["facts"]', "\tinput[field].age > 7", "}"),
  },
  {
    how: "the whole input under another name",
    reads: ["facts", "kind"],
    rules: lines(`${oldest}{`, "\ttoken := input", "\ttoken.facts.age > 7", "}"),
  },
  {
    how: "object.get on the input",
    reads: ["*", "kind"],
    rules: `${oldest}object.get(input, ["facts", "age"], 0) > 7`,
  },
  {
    how: "walk",
    reads: ["*", "kind"],
    rules: lines(`${oldest}{`, "\twalk(input, [path, value])", '\tpath == ["facts", "age"]', "\tvalue > 7", "}"),
  },
  {
    how: "a function that is given the input",
    reads: ["*", "kind"],
    rules: lines(`${oldest}_is_old(input)`, "", "_is_old(token) if token.facts.age > 7"),
  },
  {
    how: "a function that reads the input itself",
    reads: ["facts", "kind"],
    rules: lines(`${oldest}_is_older(7)`, "", "_is_older(limit) if input.facts.age > limit"),
  },
  {
    how: "a rule of the same package",
    reads: ["facts", "kind", "owner"],
    rules: lines(`${oldest}_is_old`, "", "_is_old if {", "\tis_null(input.owner)", "\tinput.facts.age > 7", "}"),
  },
  {
    how: "every",
    reads: ["grants", "kind"],
    rules: lines(`${oldest}every grant in input.grants {`, '\tgrant.access == "read"', "}"),
  },
  {
    how: "a comprehension in the evidence",
    reads: ["grants", "kind"],
    rules: 'fail contains {"scopes": [scope | some grant in input.grants; scope := grant.scope]}',
  },
  {
    how: "a default that hides the path",
    reads: ["facts", "kind"],
    rules: lines("default _age := 0", "", "_age := input.facts.age", "", `${oldest}_age > 7`),
  },
  { how: "labels", reads: ["kind", "labels"], rules: `${oldest}input.labels.team == "x"` },
])("a policy that reads its input by $how sees it", async ({ rules, reads }) => {
  const bundle = await bundleOf({ "lifetime/old": { rules } });

  expect(bundle.manifest.reads).toEqual(reads);
  expect(
    startEngine(bundle, {})
      .evaluate([old, old])
      .map((rows) => rows.length),
  ).toEqual([1, 1]);
});

it("what no policy reads does not enter WebAssembly, so that it can harm no verdict", async () => {
  const bundle = await bundleOf({ "lifetime/old": { rules: `${oldest}input.facts.age > 7` } });
  const hostile = { ...old, name: "\ud800" };

  expect(startEngine(bundle, {}).evaluate([hostile])).toEqual([[[0, { n: 1 }]]]);
});

it("a library's reads count as the policy's own", async () => {
  const bundle = await bundleOf({
    "lifetime/old": { rules: lines("import data.tokenward.usage.busy", "", `${oldest}busy.is_idle`) },
    "usage/busy": {
      rules: lines('fail contains {"n": 2} if input.owner == "nobody"', "", "is_idle if input.facts.age > 7"),
    },
  });

  expect(bundle.manifest.reads).toEqual(["facts", "kind", "owner"]);
});
