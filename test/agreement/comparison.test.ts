import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/judge/engine.ts";
import { policySource } from "../judge/policies.ts";
import { laidOut, scratchFolder } from "../support/scratch.ts";
import { aToken } from "../support/tokens.ts";
import { evaluators, firstDifference, printed } from "./evaluators.ts";

const folder = await scratchFolder();
const capabilities = join(folder, "capabilities.json");
await writeFile(capabilities, await printed(["capabilities", "--current"], { cwd: folder, input: "" }));
const policies = await laidOut(join(folder, "policies"), {
  "probe/agreed.rego": policySource("probe/agreed", { rules: 'fail contains {"name": input.name} if input.owner' }),
  // WebAssembly reads a number and takes what follows for nothing.
  "probe/disputed.rego": policySource("probe/disputed", { rules: "fail contains {} if json.is_valid(input.name)" }),
});
const both = await evaluators([policies], { capabilities });

it("evaluators that disagree are found out, with token and policy", async () => {
  const tokens = ["plain text", "100", "100m", "100n"].map((name) => aToken({ id: `token ${name}`, name }));

  const [native, wasm] = [await both.natively(tokens), both.asWebAssembly(tokens)];

  expect(firstDifference(tokens, both.policies, { native, wasm })).toBe(
    "policy disputed on token token 100m: natively [], as WebAssembly [{}]",
  );
});

describe("the comparison", () => {
  const [token, other] = [{ id: "first" }, { id: "second" }];
  const one: Row = [0, { age: 9, list: [1, 2] }];

  it.each<{ what: string; native: Row[][]; wasm: Row[][]; told: string }>([
    {
      what: "a failure that one of them misses",
      native: [[one], [one]],
      wasm: [[one], []],
      told: 'policy old on token second: natively [{"age":9,"list":[1,2]}], as WebAssembly []',
    },
    {
      what: "a failure of another policy",
      native: [[one], []],
      wasm: [[[1, one[1]]], []],
      told: 'policy old on token first: natively [{"age":9,"list":[1,2]}], as WebAssembly []',
    },
    {
      what: "another value",
      native: [[], [[1, { age: 9 }]]],
      wasm: [[], [[1, { age: "9" }]]],
      told: 'policy new on token second: natively [{"age":9}], as WebAssembly [{"age":"9"}]',
    },
    {
      what: "another order in a list",
      native: [[], [[1, { list: [1, 2] }]]],
      wasm: [[], [[1, { list: [2, 1] }]]],
      told: 'policy new on token second: natively [{"list":[1,2]}], as WebAssembly [{"list":[2,1]}]',
    },
    {
      what: "the same failure twice",
      native: [[one, one], []],
      wasm: [[one], []],
      told: 'policy old on token first: natively [{"age":9,"list":[1,2]}, {"age":9,"list":[1,2]}], as WebAssembly [{"age":9,"list":[1,2]}]',
    },
    {
      what: "a missing answer",
      native: [[one]],
      wasm: [[one], []],
      told: "2 tokens, but 1 answers natively and 2 as WebAssembly",
    },
  ])("tells of $what", ({ native, wasm, told }) => {
    expect(firstDifference([token, other], [{ id: "old" }, { id: "new" }], { native, wasm })).toBe(told);
  });

  it("minds neither the order of failures nor that of keys", () => {
    const native: Row[][] = [[one, [0, { b: 1, a: 2 }]], []];
    const wasm: Row[][] = [[[0, { a: 2, b: 1 }], one], []];

    expect(firstDifference([token, other], [{ id: "old" }], { native, wasm })).toBeUndefined();
  });
});
