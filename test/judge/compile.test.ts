import { createHash } from "node:crypto";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TokenwardError } from "../../src/model/errors.ts";
import { compileFolder, folderOf, metadata, policySource, source } from "./policies.ts";

const blameless = { rules: 'fail contains {"age": input.facts.age} if input.facts.age > 7' };
const good = { "lifetime/good.rego": policySource("lifetime/good", blameless) };

/** What compiling these files is refused with; the good policy stands among them. */
async function refusal(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await folderOf({ ...good, ...files });
  const error = await compileFolder(folder).catch((reason: unknown) => reason);
  if (!(error instanceof TokenwardError)) throw error;
  expect(error.code).toBe("POLICY_INVALID");
  return error.message;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("refused with file and line", () => {
  it.each<{ what: string; rules: string; says: RegExp; custom?: object }>([
    {
      what: "a misspelt fact",
      rules: 'fail contains {"age": input.facts.agge} if input.facts.agge > 7',
      says: /lifetime\/bad\.rego:18:44: there is no input\.facts\.agge; did you mean input\.facts\.age\?\n {4}fail contains/,
    },
    {
      what: "a misspelt field",
      rules: 'fail contains {"expires": null} if is_null(input.expire)',
      says: /lifetime\/bad\.rego:18:44: there is no input\.expire; did you mean input\.expires\?/,
    },
    {
      what: "a misspelt field of a grant",
      rules: 'fail contains {"n": 1} if {\n\tsome grant in input.grants\n\tgrant.acess == "admin"\n}',
      says: /lifetime\/bad\.rego:20:2: there is no grant\.acess; did you mean grant\.access\?\n {4}grant\.acess == "admin"/,
    },
    {
      what: "the clock",
      rules: 'fail contains {"age": 1} if time.now_ns() > 7',
      says: /lifetime\/bad\.rego:18:\d+: .*undefined function time\.now_ns/,
    },
    {
      what: "the network",
      rules: 'fail contains {"n": 1} if http.send({"method": "get", "url": "http://x"}).status_code > 1',
      says: /lifetime\/bad\.rego:18:\d+: .*undefined function http\.send/,
    },
    {
      what: "chance",
      rules: 'fail contains {"n": 1} if rand.intn("x", 9) > 7',
      says: /lifetime\/bad\.rego:18:\d+: .*undefined function rand\.intn/,
    },
    {
      what: "a variable nobody uses",
      rules: 'fail contains {"n": 1} if {\n\tunused := 7\n\tinput.owner == null\n}',
      says: /lifetime\/bad\.rego:19:\d+: .*assigned var unused unused/,
    },
    {
      what: "a variable that has no value",
      rules: 'fail contains {"n": limit} if input.owner == null',
      says: /lifetime\/bad\.rego:18:\d+: .*var limit is unsafe/,
    },
    {
      what: "a field that is like no other",
      rules: 'fail contains {"n": 1} if input.facts.zzzzzzzz > 7',
      says: /there is no input\.facts\.zzzzzzzz; input\.facts has access, age, /,
    },
    {
      what: "a misspelt field, beside METADATA that are not complete",
      rules: 'fail contains {"n": 1} if input.nmae',
      custom: { severity: "urgent" },
      says: /there is no input\.nmae; did you mean input\.name\?[\s\S]*METADATA\.severity must be one of/,
    },
    { what: "no Rego at all", rules: "fail contains {{{", says: /lifetime\/bad\.rego:19: rego_parse_error/ },
  ])("$what", async ({ rules, says, custom = {} }) => {
    expect(await refusal({ "lifetime/bad.rego": policySource("lifetime/bad", { rules, custom }) })).toMatch(says);
  });

  it("names no scratch folder of this machine", async () => {
    expect(await refusal({ "lifetime/bad.rego": "package" })).not.toMatch(/tokenward-\w{6}/);
  });
});

describe("refused with the file", () => {
  const noSet = "lifetime/bad.rego: has no rule `fail contains {…}`";
  it.each([
    {
      what: "no METADATA",
      text: "package tokenward.lifetime.bad\n\nimport rego.v1\n\nfail contains {} if false\n",
      says: "policies/lifetime/bad.rego: has no METADATA block above its package",
    },
    {
      what: "METADATA above a rule only",
      text: "package tokenward.lifetime.bad\n\nimport rego.v1\n\n# METADATA\n# title: Elsewhere\nfail contains {} if false\n",
      says: "policies/lifetime/bad.rego: has no METADATA block above its package",
    },
    {
      what: "a yes or no instead of a set",
      text: policySource("lifetime/bad", { rules: "fail if input.facts.age > 7" }),
      says: noSet,
    },
    {
      what: "a yes or no that is always defined",
      text: policySource("lifetime/bad", { rules: "default fail := false\n\nfail if input.facts.age > 7" }),
      says: noSet,
    },
    {
      what: "one object instead of a set",
      text: policySource("lifetime/bad", { rules: 'fail := {"age": 1} if input.facts.age > 7' }),
      says: noSet,
    },
    {
      what: "a rule under another name",
      text: policySource("lifetime/bad", { rules: "deny contains {} if input.facts.age > 7" }),
      says: noSet,
    },
    {
      what: "a package of another name",
      text: policySource("lifetime/other", blameless),
      says: "policies/lifetime/bad.rego: its package is tokenward.lifetime.other, but its place asks for tokenward.lifetime.bad",
    },
    {
      what: "no schemas, so that nothing checks its paths",
      text: source("lifetime/bad", { ...metadata, schemas: [] }, 'fail contains {"age": 1} if input.facts.agge > 7'),
      says: "policies/lifetime/bad.rego: METADATA.schemas must list `input: schema.token`",
    },
    {
      what: "another category than its folder",
      text: policySource("lifetime/bad", { ...blameless, custom: { category: "usage" } }),
      says: "policies/lifetime/bad.rego: METADATA.category is usage, but the folder is not",
    },
  ])("$what", async ({ text, says }) => {
    expect(await refusal({ "lifetime/bad.rego": text })).toContain(says);
  });

  it("two policies with one slug, whose findings would share one identity", async () => {
    expect(await refusal({ "usage/good.rego": policySource("usage/good", blameless) })).toContain(
      "tokenward.usage.good: another policy has the slug good already",
    );
  });

  it("a policy outside any category", async () => {
    const text = policySource("stray", { ...blameless, custom: { category: "lifetime" } });

    expect(await refusal({ "stray.rego": text })).toContain("policies/stray.rego: METADATA.category is lifetime");
  });

  it("every one of several, in one go", async () => {
    const message = await refusal({
      "lifetime/a.rego": policySource("lifetime/a", { ...blameless, custom: { severity: "urgent", message: 7 } }),
      "lifetime/b.rego": policySource("lifetime/b", { ...blameless, custom: { category: "usage" } }),
      "lifetime/c.rego": "package tokenward.lifetime.c\n\nimport rego.v1\n\nfail contains {} if false\n",
    });

    expect(message.split("\n").slice(1)).toEqual([
      "policies/lifetime/a.rego: METADATA.severity must be one of low, medium, high, critical",
      "policies/lifetime/a.rego: METADATA.message must be string",
      "policies/lifetime/b.rego: METADATA.category is usage, but the folder is not",
      "policies/lifetime/c.rego: has no METADATA block above its package",
    ]);
  });

  it("a folder without policies", async () => {
    const error = await compileFolder(await folderOf({ "readme.md": "" })).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: "POLICY_INVALID" });
  });
});

describe("the compiled module", () => {
  it("has the same bytes when compiled again, and from another folder", async () => {
    const one = await folderOf({ ...good, "usage/idle.rego": policySource("usage/idle", blameless) });
    const other = join(await folderOf({}), "deeper/elsewhere");
    await cp(one, other, { recursive: true });

    const [first, second, third] = [await compileFolder(one), await compileFolder(one), await compileFolder(other)];

    expect(new Set([first, second, third].map(({ wasm }) => sha256(wasm))).size).toBe(1);
    expect(second.manifest).toEqual(first.manifest);
    expect(third.manifest).toEqual(first.manifest);
  });

  it("changes with a policy", async () => {
    const other = { "lifetime/good.rego": policySource("lifetime/good", { rules: blameless.rules.replace("7", "8") }) };
    const [one, two] = [await compileFolder(await folderOf(good)), await compileFolder(await folderOf(other))];

    expect(sha256(two.wasm)).not.toBe(sha256(one.wasm));
  });

  it("holds no tests, and is not kept from compiling by a broken one", async () => {
    const alone = await compileFolder(await folderOf(good));
    const tested = await compileFolder(await folderOf({ ...good, "lifetime/good_test.rego": "package broken {" }));

    expect(sha256(tested.wasm)).toBe(sha256(alone.wasm));
    expect(tested.manifest.policies.map(({ id }) => id)).toEqual(["good"]);
  });

  it("lists its policies by slug, wherever they stand", async () => {
    const places = ["usage/alpha", "lifetime/zulu", "scope/rows", "lifetime/mike"];
    const files = Object.fromEntries(places.map((place) => [`${place}.rego`, policySource(place, blameless)]));

    const { manifest } = await compileFolder(await folderOf(files));

    expect(manifest.policies.map(({ id }) => id)).toEqual(["alpha", "mike", "rows", "zulu"]);
  });

  it("takes a library without asking for a policy's metadata", async () => {
    const lib = "package tokenward.lib.words\n\nimport rego.v1\n\nlimit := 7\n";
    const rules =
      'import data.tokenward.lib.words\n\nfail contains {"age": input.facts.age} if input.facts.age > words.limit';
    const folder = await folderOf({
      "lib/words.rego": lib,
      "lifetime/old.rego": policySource("lifetime/old", { rules }),
    });

    expect((await compileFolder(folder)).manifest.policies.map(({ id }) => id)).toEqual(["old"]);
  });
});
