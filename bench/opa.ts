import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "../src/config/load.ts";
import { resolveRules } from "../src/config/parameters.ts";
import { enrich } from "../src/enrich/index.ts";
import { loadAbout } from "../src/judge/bundle.ts";
import { numbersIn } from "../src/judge/numbers.ts";
import { findOpa, type Opa } from "../src/judge/opa.ts";
import { stage } from "../src/judge/staging.ts";
import type { Policy, Token } from "../src/model/documents.gen.ts";
import { TokenwardError } from "../src/model/errors.ts";
import type { Collected } from "../src/model/flow.ts";
import { pour } from "./inputs.ts";
import { tokens } from "./tokens.ts";
import { AS_OF } from "./tokenward.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** An OPA, or why there is none. */
export async function opaHere(): Promise<Opa | string> {
  return findOpa(process.env).catch((error: unknown) => {
    if (error instanceof TokenwardError) return error.message;
    throw error;
  });
}

/** Lays out what `opa eval` needs to answer as `judge` does: every policy, the rule that asks them all, numbers, tokens with facts. */
export async function prepareOpa(folder: string, count: number): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const sources = { policies: [`${root}policies`], schemas: `${root}schemas` };
  await stage({ ...sources, capabilities: `${root}policies/capabilities.json` }, folder);
  const { manifest, thresholds } = await loadAbout();
  const config = await loadConfig({ cwd: folder, env: {}, flags: { noConfig: true } });
  const { parameters } = resolveRules(config, manifest, thresholds);
  await writeFile(join(folder, "entry.rego"), askingAll(manifest.policies));
  await writeFile(join(folder, "params.json"), JSON.stringify({ params: numbersIn(parameters) }));
  await pour(enriched(count), join(folder, "input.json"));
  const data = ["policies", "entry.rego", "params.json"].flatMap((path) => ["--data", path]);
  return ["eval", "--format", "json", "--fail", ...data, "--input", "input.json", "data.judge.rows"];
}

/** Every policy on every token, and of each token the index of the policies that failed with the values that decided. */
function askingAll(policies: readonly Policy[]): string {
  const sets = policies.map(({ package: name }, index) => `\tf${index} := data.${name}.fail with input as token`);
  const pairs = policies.map((_, index) => `[${index}, f${index}]`);
  const row = `\trow := [[index, evidence] | some [index, failures] in [${pairs.join(", ")}]; some evidence in failures]`;
  return ["package judge\n\nimport rego.v1\n", "rows := [row |\n\tsome token in input", ...sets, row, "]\n"].join("\n");
}

/** How many tokens OPA answered for: an undefined rule would be very fast. */
export async function answered(path: string): Promise<number> {
  const printed = JSON.parse(await readFile(path, "utf8")) as { result?: { expressions?: { value?: unknown }[] }[] };
  const rows = printed.result?.[0]?.expressions?.[0]?.value;
  return Array.isArray(rows) ? rows.length : 0;
}

async function* enriched(count: number): AsyncIterable<string> {
  let before = "[";
  for await (const item of enrich(collected(count), { asOf: AS_OF })) {
    if (!("token" in item)) continue;
    yield `${before}${JSON.stringify(item.token)}`;
    before = ",\n";
  }
  yield "]\n";
}

async function* collected(count: number): AsyncIterable<Collected> {
  for (const record of tokens(count)) yield { token: record as unknown as Token };
}
