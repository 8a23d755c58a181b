import { createWriteStream, existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ndjson, quietNdjson } from "./tokens.ts";
import { workflows } from "./workflows.ts";

/** An inventory of so many tokens; made once, then found again. */
export async function inventory(folder: string, count: number): Promise<string> {
  const path = join(folder, `tokens-${count}.ndjson`);
  if (!existsSync(path)) await pour(ndjson(count), path);
  return path;
}

/** An inventory of so many tokens that gives a tenth of the findings. */
export async function quietInventory(folder: string, count: number): Promise<string> {
  const path = join(folder, `quiet-${count}.ndjson`);
  if (!existsSync(path)) await pour(quietNdjson(count), path);
  return path;
}

/** A configuration that reads so many tokens from a file. */
export async function configuration(folder: string, count: number): Promise<string> {
  const path = join(folder, `collect-${count}.yaml`);
  const inventoried = basename(await inventory(folder, count));
  await writeFile(path, `version: 1\nsources:\n  - use: file\n    path: ${inventoried}\n`);
  return path;
}

/** A repository with so many workflow files: its root and their folder. */
export async function repository(folder: string, count: number): Promise<{ root: string; files: string }> {
  const root = join(folder, `repository-${count}`);
  const files = join(root, ".github/workflows");
  await mkdir(files, { recursive: true });
  for (const { name, text } of workflows(count)) await writeFile(join(files, name), text);
  return { root, files };
}

/** Writes pieces as they come: no input is ever held in memory. */
export async function pour(pieces: Iterable<string> | AsyncIterable<string>, path: string): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path));
}
