/** Writes what is generated from the single sources (schemas, policies), or with `--check` fails when it is stale. */
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const root = new URL("../", import.meta.url);
const documents = ["token", "coverage", "inventory", "policy", "finding", "report", "config", "thresholds"];

const outputs = [{ path: "src/model/documents.gen.ts", text: await types() }];
const stale = await outdated(outputs);
if (process.argv.includes("--check")) report(stale);
else await Promise.all(stale.map(({ path, text }) => writeFile(new URL(path, root), text)));

async function types(): Promise<string> {
  const schema = {
    title: "Documents",
    description: "Every document that crosses a boundary, by name.",
    type: "object" as const,
    additionalProperties: false,
    required: documents,
    properties: Object.fromEntries(documents.map((name) => [name, { $ref: `${name}.json` }])),
  };
  return compile(schema, "Documents", {
    cwd: new URL("schemas/", root).pathname,
    bannerComment: "/* Generated from schemas/ by `npm run generate`; never edited by hand. */",
    format: true,
    style: { printWidth: 120 },
  });
}

async function outdated(all: { path: string; text: string }[]): Promise<{ path: string; text: string }[]> {
  const current = await Promise.all(all.map(({ path }) => readFile(new URL(path, root), "utf8").catch(() => "")));
  return all.filter(({ text }, index) => text !== current[index]);
}

function report(all: { path: string }[]): void {
  for (const { path } of all) console.error(`${path} is stale: run npm run generate`);
  if (all.length > 0) process.exitCode = 1;
}
