import { describe, expect, it } from "vitest";
import { mutantsOf } from "../../scripts/mutants.ts";
import { unpinned } from "../../scripts/pinned.ts";
import { findOpa } from "../../src/judge/opa.ts";
import { folderOf } from "../judge/policies.ts";
import { repository } from "../support/command.ts";

const opa = await findOpa(process.env);

/** What is done to a rule, as `before -> after`. */
async function changesTo(rule: string): Promise<string[]> {
  const source = `package a\n\nimport rego.v1\n\n${rule}\n`;
  const mutants = await mutantsOf(opa, await folderOf({ "a.rego": source }), "a.rego", source);
  for (const mutant of mutants) expect(mutant.source).not.toBe(source);
  return mutants.map(({ before, after }) => `${before} -> ${after}`).sort();
}

describe("a rule is changed in every small way", () => {
  it.each([
    { rule: "p if input.a > input.b", changes: ["> -> <=", "> -> >=", "input.a > input.b -> true"] },
    { rule: "p if input.a <= 7", changes: ["7 -> 8", "<= -> <", "<= -> >", "input.a <= 7 -> true"] },
    { rule: 'p if input.a == "x"', changes: ['"x" -> "x~"', "== -> !=", 'input.a == "x" -> true'] },
    { rule: "p if not input.a", changes: ["not input.a -> input.a", "not input.a -> true"] },
    { rule: "default p := false", changes: ["false -> true"] },
    { rule: "p contains x if some x in input.list", changes: ["some x in input.list -> true"] },
    {
      rule: "p := count([x | some x in input.list; x > 1]) > 2",
      changes: [
        "1 -> 2",
        "2 -> 3",
        "> -> <=",
        "> -> <=",
        "> -> >=",
        "> -> >=",
        "some x in input.list -> true",
        "x > 1 -> true",
      ],
    },
    { rule: "p := input.a", changes: [] },
    { rule: "p(x) if x > 1", changes: ["1 -> 2", "> -> <=", "> -> >=", "x > 1 -> true"] },
  ])("$rule", async ({ rule, changes }) => {
    expect(await changesTo(rule)).toEqual(changes);
  });
});

it("a default that its page does not state is told", async () => {
  const policy =
    "# METADATA\n# custom:\n#   params:\n#     max_age: { default: 90d }\n#     words: { default: [x, y] }\npackage a\n";
  const page = "| `max_age` | duration | `91d` | longest |\n| `words` | list | `x`, `y` | words |\n";
  const root = await folderOf({ "policies/usage/a_b.rego": policy, "docs/policies/a-b.md": page });

  expect(await unpinned(`${root}/`, ["policies/usage/a_b.rego"])).toEqual([
    "policies/usage/a_b.rego: the default of max_age",
  ]);
  expect(await unpinned(repository, ["policies/usage/idle.rego"])).toEqual([]);
});
