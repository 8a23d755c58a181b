import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Annotated, readPolicy } from "../../src/judge/metadata.ts";
import { findOpa, runOpa } from "../../src/judge/opa.ts";
import type { Policy } from "../../src/model/documents.gen.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const opa = await findOpa(process.env);

/** A policy as it is written: its file, its rule without comments, its tests, and what its metadata say. */
export interface Written {
  file: string;
  source: string;
  rule: string;
  tests: string;
  policy: Policy;
}

/** Every Rego file, by path from the root of the project. */
export async function regoFiles(): Promise<string[]> {
  const files = await readdir(join(root, "policies"), { recursive: true });
  return files
    .filter((file) => file.endsWith(".rego"))
    .map((file) => `policies/${file}`)
    .sort();
}

/** Every policy, by path. */
export async function writtenPolicies(): Promise<Written[]> {
  const { stdout } = await runOpa(opa, ["inspect", "-a", "-f", "json", "policies"], root);
  const { annotations } = JSON.parse(stdout) as { annotations: Annotated[] };
  const files = (await regoFiles()).filter((file) => !/^policies\/lib\/|_test\.rego$/.test(file));
  return Promise.all(files.map((file) => written(file, annotations)));
}

async function written(file: string, annotations: readonly Annotated[]): Promise<Written> {
  const block = annotations.find(({ location }) => location.file === file);
  const result = block ? readPolicy(block) : { faults: [`${file}: no METADATA`] };
  if ("faults" in result) throw new Error(result.faults.join("\n"));
  const source = await readFile(join(root, file), "utf8");
  const tests = await readFile(join(root, file.replace(".rego", "_test.rego")), "utf8");
  return { file, source, rule: source.replace(/^#.*\n/gm, ""), tests, policy: result.policy };
}
