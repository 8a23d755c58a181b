/** Builds `dist/`: types and validators from the schemas, JavaScript from the sources, WebAssembly and manifest from the policies. */
import { execFileSync } from "node:child_process";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { modelTypes } from "./types.ts";
import { validatorsSource } from "./validators.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const types = await modelTypes(root);
await writeFile(root + types.path, types.text);
await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });
await writeFile(`${root}dist/validators.cjs`, await validatorsSource(`${root}schemas/`));
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", `${root}tsconfig.build.json`], {
  stdio: "inherit",
});
await chmod(`${root}dist/cli/main.js`, 0o755).catch(() => undefined);
// The policies are compiled by the product's own compiler, which validates what it reads: it comes after the validators.
const { buildPolicies } = await import("./policies.ts");
await buildPolicies(root);
