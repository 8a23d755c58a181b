/** Writes what is generated from the single sources (schemas, policies, catalogues), or with `--check` fails when it is stale. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../src/model/bundle.ts";
import type { Thresholds } from "../src/model/documents.gen.ts";
import type { Page } from "./docs/page.ts";
import { documents, modelTypes } from "./types.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const isCheck = process.argv.includes("--check");

const pages = [await modelTypes(root), ...(await docs())];
const stale = await outdated(pages);
const orphans = await withoutSource(pages);
if (isCheck) {
  for (const path of [...stale.map((page) => page.path), ...orphans])
    console.error(`${path} is stale: run npm run generate`);
  if (stale.length + orphans.length > 0) process.exitCode = 1;
} else {
  for (const page of stale) await write(page);
  for (const path of orphans) await rm(root + path);
}

/** Needs the built manifest; a first `npm run generate` in a new checkout comes after `npm run build`. */
async function docs(): Promise<Page[]> {
  const { examplePage } = await import("./docs/example.ts");
  const { commandsPage } = await import("./docs/commands.ts");
  const { documentsPage } = await import("./docs/documents.ts");
  const { errorsPage } = await import("./docs/errors.ts");
  const { policyPages } = await import("./docs/policies.ts");
  const { providerPages } = await import("./docs/providers.ts");
  const manifest = (await json("dist/policies/manifest.json")) as Manifest;
  const thresholds = (await json("dist/policies/thresholds.json")) as Thresholds;
  const schemas = await Promise.all(documents.map(async (name) => [name, await json(`schemas/${name}.json`)] as const));
  return [
    ...policyPages(manifest.policies, thresholds),
    documentsPage(Object.fromEntries(schemas)),
    errorsPage(),
    commandsPage(),
    examplePage(),
    ...(await providerPages(root)),
  ];
}

async function json(path: string): Promise<object> {
  return JSON.parse(await readFile(root + path, "utf8")) as object;
}

async function outdated(all: readonly Page[]): Promise<Page[]> {
  const current = await Promise.all(all.map(({ path }) => readFile(root + path, "utf8").catch(() => "")));
  return all.filter(({ text }, index) => text !== current[index]);
}

/** Pages of policies that are no more. */
async function withoutSource(all: readonly Page[]): Promise<string[]> {
  const found = await readdir(`${root}docs/policies`).catch(() => []);
  const expected = new Set(all.map(({ path }) => path));
  return found.map((name) => `docs/policies/${name}`).filter((path) => !expected.has(path));
}

async function write({ path, text }: Page): Promise<void> {
  await mkdir(dirname(root + path), { recursive: true });
  await writeFile(root + path, text);
}
