import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { policyTemplate } from "../src/cli/policy-template.ts";
import type { Bench } from "./bench.ts";
import { seconds } from "./figures.ts";
import { inventory } from "./inputs.ts";
import { opaHere } from "./opa.ts";
import { run } from "./process.ts";
import { judge } from "./tokenward.ts";

const POLICIES = 50;
const TOKENS = 100;

/** What policies of one's own cost, said in a line: compiled in the first run, found in the cache in the next. */
export async function compileCost({ folder, sizes }: Bench): Promise<string> {
  const opa = await opaHere();
  if (typeof opa === "string") return `${POLICIES} policies of one's own: not measured, ${opa}`;
  const cwd = join(folder, "own");
  await writePolicies(cwd);
  const tokens = await inventory(folder, TOKENS);
  const output = join(cwd, "report.json");
  const task = judge({ inventory: tokens, format: "json", output, config: join(cwd, "tokenward.yaml") });
  const walls = { cold: [] as number[], warm: [] as number[] };
  for (let round = 0; round < sizes.runs; round += 1) {
    const env = { TOKENWARD_OPA: opa.path, TOKENWARD_CACHE: join(cwd, `cache-${round}`) };
    for (const one of [walls.cold, walls.warm]) one.push((await run({ ...task, cwd, env })).wall);
  }
  const how = `medians of ${sizes.runs}, ${TOKENS} tokens, OPA ${opa.version}`;
  return `${POLICIES} policies of one's own: ${seconds(walls.cold)} with compiling them, ${seconds(walls.warm)} from the cache (${how})`;
}

async function writePolicies(folder: string): Promise<void> {
  await mkdir(join(folder, "policies/own"), { recursive: true });
  for (let count = 1; count <= POLICIES; count += 1) {
    const { rule } = policyTemplate("own", `own-${count}`);
    await writeFile(join(folder, `policies/own/own_${count}.rego`), rule);
  }
  await writeFile(join(folder, "tokenward.yaml"), "version: 1\npolicies:\n  paths: [policies]\n");
}
