import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { compile } from "../src/judge/compile.ts";
import { findOpa } from "../src/judge/opa.ts";
import { faultsIn } from "../src/model/validate.ts";

/** Writes `dist/policies/`: the compiled policies, their manifest, the numbers by kind, and a digest over these and the scope catalogues. */
export async function buildPolicies(root: string): Promise<void> {
  const { wasm, manifest } = await compile(await findOpa(process.env), {
    policies: [`${root}policies`],
    schemas: `${root}schemas`,
    capabilities: `${root}policies/capabilities.json`,
  });
  const bare = manifest.policies.filter(({ examples }) => !examples).map(({ id }) => id);
  if (bare.length > 0) throw new Error(`METADATA.examples are missing in ${bare.join(", ")}`);
  const thresholds: unknown = parse(await readFile(`${root}policies/data/thresholds.yaml`, "utf8"));
  const [fault] = faultsIn("thresholds", thresholds);
  if (fault) throw new Error(`policies/data/thresholds.yaml: ${fault.path} ${fault.message}`);
  const files = {
    "policy.wasm": wasm,
    "manifest.json": `${JSON.stringify(manifest, null, 1)}\n`,
    "thresholds.json": `${JSON.stringify(thresholds, null, 1)}\n`,
  };
  const digest = createHash("sha256");
  await mkdir(`${root}dist/policies`, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    digest.update(bytes);
    await writeFile(`${root}dist/policies/${name}`, bytes);
  }
  // The catalogues stay where they are, but verdicts depend on them.
  for (const path of await scopeTables(`${root}policies/data/`)) digest.update(await readFile(path));
  await writeFile(`${root}dist/policies/digest`, digest.digest("hex"));
}

/** Every file that says what scopes allow, in order. */
export async function scopeTables(folder: string): Promise<string[]> {
  const files = [...(await readdir(folder)), ...(await readdir(`${folder}scopes`)).map((name) => `scopes/${name}`)];
  return files
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => folder + file);
}
