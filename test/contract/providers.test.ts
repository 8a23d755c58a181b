import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { aboutProvider } from "../../src/collect/about.ts";
import { collect } from "../../src/collect/index.ts";
import { providerIds, providers } from "../../src/collect/registry.ts";
import { judgedFields } from "../../src/model/bundle.ts";
import type { Source } from "../../src/model/documents.gen.ts";
import { loadSchema } from "../../src/model/schema.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { configOf } from "../config/given.ts";
import { repository, run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";
import { gather } from "../support/tokens.ts";
import { offline } from "../support/world.ts";

const scratch = await scratchFolder();
const all = await providers();
/** Who issues tokens: the first word of their kinds. */
const issuers = await catalogues();

it("registers every folder of src/collect, in order, under its name", async () => {
  const entries = await readdir(`${repository}src/collect`, { withFileTypes: true });

  expect(providerIds).toEqual(entries.flatMap((one) => (one.isDirectory() ? [one.name] : [])).sort());
  expect(all.map(({ id }) => id)).toEqual(providerIds);
});

it("has a page and a schema for every provider, and none of any other", async () => {
  const pages = await readdir(`${repository}docs/providers`);
  const schemas = await readdir(`${repository}schemas/sources`);

  expect(pages.sort()).toEqual(["README.md", ...providerIds.map((id) => `${id}.md`)]);
  expect(schemas.sort()).toEqual(providerIds.map((id) => `${id}.json`));
});

describe.each(all)("$id", (provider) => {
  const { id, title, kinds, rights, grant = {}, hidden = [], fields, check } = provider;
  const about = aboutProvider(provider);

  it("is named in kebab-case, with a title that goes on after `reads`", () => {
    expect(id).toMatch(KEBAB);
    expect(title).toMatch(/\S/);
    expect(title).not.toMatch(/[.\n]$/);
  });

  it("yields kinds of issuers that a catalogue knows, each once", () => {
    expect(kinds.filter((kind) => !KIND.test(kind))).toEqual([]);
    expect(kinds.filter((kind) => !issuers.has(kind.split("/", 1)[0] ?? ""))).toEqual([]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it("says of every kind and every judged field what is known of it", () => {
    expect(Object.keys(fields).sort()).toEqual([...kinds].sort());
    for (const row of Object.values(fields) as Record<string, string>[]) {
      expect(Object.keys(row).sort()).toEqual([...judgedFields].sort());
      expect(Object.values(row).filter((word) => !AVAILABILITIES.includes(word))).toEqual([]);
    }
  });

  it("says what it needs and what it never shows, in words", () => {
    const texts = [rights, ...Object.entries(grant).flat(), ...hidden.flatMap(({ subject, why }) => [subject, why])];

    expect(texts.filter((text) => !/[a-z]{3}/i.test(text))).toEqual([]);
    expect(rights).not.toMatch(/\.$/);
  });

  it("describes each key of its sources, and refuses any other", () => {
    const source = { use: id, surely_no_key: true };
    const faults = faultsIn("config", { version: 1, sources: [source] });

    expect(loadSchema(`sources/${id}`).properties).toMatchObject({ use: { const: id } });
    expect(about.keys.filter(({ name, description }) => !name.includes(".") && description === "")).toEqual([]);
    expect(faults).toContainEqual(expect.objectContaining({ params: { additionalProperty: "surely_no_key" } }));
  });

  it("has a page with one place for what is generated, and a configuration that is valid", async () => {
    const page = await pageOf(id);
    const [, ...parts] = page.split(/<!-- generated:(?:begin|end) -->/);

    expect(page.indexOf("generated:begin")).toBeLessThan(page.indexOf("generated:end"));
    expect(parts).toHaveLength(2);
    expect(page.slice(0, page.indexOf("<!--"))).toMatch(new RegExp(`^# .*\n\n[\\s\\S]+use: ${id}`));
    for (const text of examplesIn(page)) await expect(configOf(text)).resolves.toBeDefined();
  });

  it.runIf(about.needsCredential)("checks before a run what its credential can do", () => {
    expect(check).toBeTypeOf("function");
  });

  it.runIf(about.needsCredential)("fails by the name of the variable where its credential is not set", async () => {
    const found = examplesIn(await pageOf(id)).flatMap((text) => sourcesIn(text).filter(({ use }) => use === id));
    const named = found.map((source) => ({ source, variables: variablesIn(source) }));
    const tried = named.filter(({ variables }) => variables.length > 0);

    expect(tried.length).toBeGreaterThan(0);
    for (const { source, variables } of tried) {
      const means = { ...offline, cwd: scratch, env: {}, stdin: async function* () {} };
      const items = await gather(collect([{ source, root: scratch }], means));
      const gaps = items.flatMap((item) => ("coverage" in item && item.coverage.outcome === "failed" ? [item] : []));
      expect(items.filter((item) => "token" in item)).toEqual([]);
      expect(gaps).toEqual([
        { coverage: expect.objectContaining({ source: id, detail: expect.stringContaining("no credential for") }) },
      ]);
      expect(variables.some((variable) => JSON.stringify(gaps).includes(variable))).toBe(true);
    }
  });
});

describe("a command that collects nothing", () => {
  it.each([
    { args: ["--version"] },
    { args: ["policy", "list"] },
    { args: ["config"] },
    { args: ["providers", "show", "surely-none"] },
  ])("loads no provider and no client: $args", async ({ args }) => {
    expect(await loadedBy(args)).toEqual([]);
  });

  it("would be found out", async () => {
    expect(await loadedBy(["providers", "show", "exec"])).toEqual(["src/collect/exec/index.ts"]);
    const files = await readdir(`${repository}dist/chunks`);
    const texts = await Promise.all(files.map((file) => readFile(`${repository}dist/chunks/${file}`, "utf8")));
    expect(texts.flatMap((text) => [...text.matchAll(HEAVY)].map(([, what]) => what))).toContain(
      "node_modules/undici/",
    );
  });
});

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const KIND = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/;
const AVAILABILITIES = ["known", "varies", "not-exposed", "not-asked"];
/** What a built file says of the sources that are in it. */
const HEAVY = /^\/\/ (?:.*\/)?(src\/collect\/[^/\n]+\/index\.ts|node_modules\/(?:undici|@aws-sdk)\/)/gm;

/** Which providers and clients the built command loads, as the files say that it asks Node for. */
async function loadedBy(args: readonly string[]): Promise<string[]> {
  const [list, hook] = [join(scratch, `${args.join("-")}.txt`), join(scratch, "hook.mjs")];
  const load = `import { appendFileSync } from "node:fs";
    export async function load(url, context, next) {
      appendFileSync(process.env.LOADED, url + "\\n");
      return next(url, context);
    }`;
  const source = `data:text/javascript,${encodeURIComponent(load)}`;
  await writeFile(hook, `import { register } from "node:module"; register(${JSON.stringify(source)});`);
  const env = { LOADED: list, NODE_OPTIONS: `--import ${pathToFileURL(hook).href}` };
  await run({ args, cwd: scratch, env });
  const urls = (await readFile(list, "utf8")).split("\n").filter((url) => url.startsWith("file:"));
  const outside = urls.filter((url) => /node_modules\/(?:undici|@aws-sdk)\//.test(url));
  const texts = await Promise.all(urls.map((url) => readFile(fileURLToPath(url), "utf8")));
  expect(urls.some((url) => url.endsWith("/dist/cli/main.js"))).toBe(true);
  return [...outside, ...texts.flatMap((text) => [...text.matchAll(HEAVY)].map(([, what = ""]) => what))];
}

async function catalogues(): Promise<Set<string>> {
  const files = await readdir(`${repository}policies/data/scopes`);
  return new Set(files.flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : [])));
}

function pageOf(id: string): Promise<string> {
  return readFile(`${repository}docs/providers/${id}.md`, "utf8");
}

/** The whole configurations that a page shows. */
function examplesIn(page: string): string[] {
  const fences = page.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```$/gm);
  const texts = [...fences].map(([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
  return texts.filter((text) => /^version: 1$/m.test(text));
}

function sourcesIn(text: string): Source[] {
  return (parse(text) as { sources?: Source[] }).sources ?? [];
}

/** The variables that hold a source's secrets, wherever it names them. */
function variablesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "env" && typeof inner === "string" ? [inner] : variablesIn(inner),
  );
}
