/** Builds `dist/`: types and validators from the schemas, JavaScript from the sources, WebAssembly and manifest from the policies. */
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildCommand, buildValidators, writeLicenses } from "./javascript.ts";
import { modelTypes } from "./types.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

const types = await modelTypes(root);
await writeFile(root + types.path, types.text);
await rm(`${root}dist`, { recursive: true, force: true });
await writeLicenses(root, await buildValidators(root), await buildCommand(root));
// The policies are compiled by the product's own compiler, which validates what it reads: it comes after the validators.
const { buildPolicies } = await import("./policies.ts");
await buildPolicies(root);
