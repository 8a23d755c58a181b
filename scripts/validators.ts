import { readdir, readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { documents } from "./types.ts";

/** A CommonJS module that exports one validator for each document: Ajv's generated code has no ES module form that loads its helpers. */
export async function validatorsSource(folder: string): Promise<string> {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, code: { source: true, lines: true } });
  addFormats.default(ajv);
  const sources = (await readdir(`${folder}sources`)).sort().map((file) => `sources/${file}`);
  for (const file of [...documents.map((name) => `${name}.json`), ...sources]) {
    ajv.addSchema(JSON.parse(await readFile(folder + file, "utf8")));
  }
  const exports = Object.fromEntries(documents.map((name) => [name, `${name}.json`]));
  return standalone.default(ajv, exports);
}
