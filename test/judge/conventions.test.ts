import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { repository } from "../support/command.ts";
import { compileFolder, folderOf, policySource } from "./policies.ts";

const blameless = { rules: 'fail contains {"age": input.facts.age} if input.facts.age > 7' };
const limit = { type: "duration", default: "90d", stricter: "lower", doc: "longest time" };
const params = await readFile(`${repository}policies/lib/params.rego`, "utf8");
const good = { "lifetime/good.rego": policySource("lifetime/good", blameless), "lib/params.rego": params };

/** A policy that reads a parameter in some way. */
function reading(...lines: string[]): Record<string, string> {
  const rules = lines.join("\n");
  return { "usage/bad.rego": policySource("usage/bad", { rules, custom: { params: { most: limit } } }) };
}

/** The lines that compiling these files beside the good ones is refused with. */
async function faults(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await folderOf({ ...good, ...files });
  const error = await compileFolder(folder).then(
    () => new Error("compiled"),
    (reason: Error) => reason,
  );
  return error.message.split("\n").slice(1);
}

describe("a policy stands in its category and nowhere else", () => {
  it("so that it cannot add rules to a policy in a package below its own", async () => {
    const rules = 'fail contains {} if false\n\ngood.fail contains {"age": 1} if true';
    const text = policySource("lifetime", { rules, custom: { category: "policies" } });

    expect(await faults({ "lifetime.rego": text })).toEqual([
      "policies/lifetime.rego: must stand at <category>/<name>.rego, named with small letters, digits and _",
    ]);
  });

  it("so that it cannot stand in the package of a library", async () => {
    const rules = 'fail contains {} if false\n\nparams.of("good") := {"most": 0}';
    const text = policySource("lib", { rules, custom: { category: "policies" } });

    expect((await faults({ "lib.rego": text })).join()).toMatch(/policies\/lib\.rego/);
  });

  it.each([
    { file: "usage/deep/bad.rego", head: "package tokenward.usage.deep.bad" },
    { file: "usage/very-bad.rego", head: 'package tokenward.usage["very-bad"]' },
    { file: "usage/Bad.rego", head: "package tokenward.usage.Bad" },
    { file: "usage/very__bad.rego", head: "package tokenward.usage.very__bad" },
    { file: "usage/9bad.rego", head: 'package tokenward.usage["9bad"]' },
  ])("and has a plain name: $file", async ({ file, head }) => {
    const text = policySource("usage/bad", blameless).replace(/^package .*$/m, head);

    expect(await faults({ [file]: text })).toContain(
      `policies/${file}: must stand at <category>/<name>.rego, named with small letters, digits and _`,
    );
  });
});

describe("a policy's name is its own", () => {
  it("so no other may have its slug", async () => {
    expect(await faults({ "usage/good.rego": policySource("usage/good", blameless) })).toEqual([
      "tokenward.usage.good: another policy has the slug good already, tokenward.lifetime.good",
    ]);
  });

  it("nor call itself formerly by it", async () => {
    const text = policySource("usage/better", { ...blameless, custom: { aliases: ["good"] } });

    expect(await faults({ "usage/better.rego": text })).toEqual([
      "tokenward.usage.better: another policy has the slug good already, tokenward.lifetime.good",
    ]);
  });

  it("nor a name that it had before", async () => {
    const custom = { aliases: ["best"] };

    expect(
      await faults({
        "usage/better.rego": policySource("usage/better", { ...blameless, custom }),
        "usage/finest.rego": policySource("usage/finest", { ...blameless, custom }),
      }),
    ).toEqual(["tokenward.usage.finest: another policy has the slug best already, tokenward.usage.better"]);
  });
});

describe("a policy yields", () => {
  const yielding = (name: string, ...yields_to: string[]) => ({
    [`usage/${name}.rego`]: policySource(`usage/${name}`, { ...blameless, custom: { yields_to } }),
  });

  it("only to one that there is, under the name it has now", async () => {
    expect(await faults(yielding("bad", "goood"))).toEqual([
      "tokenward.usage.bad: yields to goood, which is no policy",
    ]);
  });

  it("only to one that yields to none: two that yielded to each other would both be silent", async () => {
    expect(await faults({ ...yielding("bad", "worse"), ...yielding("worse", "bad") })).toEqual([
      "tokenward.usage.bad: yields to worse, which yields to others itself",
      "tokenward.usage.worse: yields to bad, which yields to others itself",
    ]);
    expect(await faults(yielding("bad", "bad"))).toEqual([
      "tokenward.usage.bad: yields to bad, which yields to others itself",
    ]);
  });

  it("to any other", async () => {
    await expect(compileFolder(await folderOf({ ...good, ...yielding("bad", "good") }))).resolves.toBeDefined();
  });
});

describe("a parameter that is misread would be a silent pass", () => {
  const library = "import data.tokenward.lib.params\n";
  it.each([
    {
      what: "of another policy",
      lines: [library, 'fail contains {"n": 1} if input.facts.age > params.of("good").most'],
      told: '25: reads the parameters of "good", not of "bad"',
    },
    {
      what: "by another name",
      lines: [library, 'fail contains {"n": 1} if input.facts.age > params.of("bad").mots'],
      told: "25: reads the parameter mots, which METADATA.params does not have",
    },
    {
      what: "by an inherited name",
      lines: [library, 'fail contains {"n": 1} if input.facts.age > params.of("bad").constructor'],
      told: "25: reads the parameter constructor, which METADATA.params does not have",
    },
    {
      what: "all at once",
      lines: [library, 'fail contains {"n": 1} if {\n\tall := params.of("bad")\n\tinput.facts.age > all.most\n}'],
      told: '26: must name the parameter, as in params.of("bad").name',
    },
    {
      what: "over several lines",
      lines: [library, 'fail contains {"n": 1} if {\n\tinput.facts.age > params.of(\n\t\t"bad",\n\t).mots\n}'],
      told: '26: must ask for a parameter on one line, as in params.of("bad").name',
    },
    {
      what: "through a library of another name",
      lines: [
        "import data.tokenward.lib.params as p\n",
        'fail contains {"n": 1} if input.facts.age > p.of("bad").mots',
      ],
      told: "23: must import data.tokenward.lib.params under its own name",
    },
    {
      what: "past the library",
      lines: ['fail contains {"n": 1} if input.facts.age > data.params.any["bad"].mots'],
      told: '23: reads data.params; ask params.of("bad").name',
    },
  ])("$what", async ({ lines, told }) => {
    expect(await faults(reading(...lines))).toEqual([`policies/usage/bad.rego:${told}`]);
  });

  it.each([
    {
      how: "with the library",
      lines: [library, 'fail contains {"n": 1} if input.facts.age > params.of("bad").most # of("x").y'],
    },
    {
      how: "under its full name",
      lines: ['fail contains {"n": 1} if input.facts.age > data.tokenward.lib.params.of("bad").most'],
    },
  ])("but not $how", async ({ lines }) => {
    await expect(compileFolder(await folderOf({ ...good, ...reading(...lines) }))).resolves.toBeDefined();
  });
});

describe("a library", () => {
  const about = "# METADATA\n# schemas:\n#   - input: schema.token\n";
  const library = (...lines: string[]) =>
    ["package tokenward.lib.words", "", "import rego.v1", "", ...lines, ""].join("\n");

  it.each([
    {
      what: "claims the package of another library",
      text: 'package tokenward.lib.params\n\nimport rego.v1\n\nof("good") := {"most": 0}\n',
      told: ": its package is tokenward.lib.params, but its place asks for tokenward.lib.words",
    },
    {
      what: "claims the package of a policy",
      text: 'package tokenward.lifetime.good\n\nimport rego.v1\n\nfail contains {"n": 1}\n',
      told: ": its package is tokenward.lifetime.good, but its place asks for tokenward.lib.words",
    },
    {
      what: "reads the input with nobody checking what it reads",
      text: library("is_old if input.facts.agge > 7"),
      told: ":5: reads the input, so its METADATA must list `schemas` with `input: schema.token`",
    },
    {
      what: "reads the input with METADATA that say nothing of it",
      text: `# METADATA\n# title: Words\n${library("is_old if input.facts.agge > 7")}`,
      told: ":7: reads the input, so its METADATA must list `schemas` with `input: schema.token`",
    },
    {
      what: "reads parameters",
      text: library("import data.tokenward.lib.params", "", "most(slug) := params.of(slug).mots"),
      told: ":5: reads parameters; let the policy read them and hand them on",
    },
    {
      what: "reads parameters past the library for them",
      text: library("most := data.params.any.good.mots"),
      told: ":5: reads parameters; let the policy read them and hand them on",
    },
  ])("is refused that $what", async ({ text, told }) => {
    expect(await faults({ "lib/words.rego": text })).toEqual([`policies/lib/words.rego${told}`]);
  });

  it("is refused under a name that no package can have", async () => {
    expect(await faults({ "lib/my-words.rego": library() })).toContain(
      "policies/lib/my-words.rego: must stand at lib/<name>.rego, named with small letters, digits and _",
    );
  });

  it("that reads the input is held against the schema", async () => {
    const [line] = await faults({ "lib/words.rego": `${about}${library("is_old if input.facts.agge > 7")}` });

    expect(line).toContain("policies/lib/words.rego:8:11: there is no input.facts.agge; did you mean input.facts.age?");
  });

  it.each([
    {
      what: "says that its input is a token",
      files: { "lib/words.rego": `${about}${library("is_old if input.facts.age > 7")}` },
    },
    {
      what: "only mentions the word",
      files: { "lib/words.rego": library('# What the input is called.\nname := "input"') },
    },
    {
      what: "stands deeper",
      files: { "lib/of/words.rego": library("limit := 7").replace("lib.words", "lib.of.words") },
    },
  ])("is taken that $what", async ({ files }) => {
    await expect(compileFolder(await folderOf({ ...good, ...files }))).resolves.toBeDefined();
  });
});
