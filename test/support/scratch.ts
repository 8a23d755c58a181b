import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { repository } from "./command.ts";

/** A folder for one test file, removed after its last test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tokenward-test-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into a new folder and names it. */
export async function laidOut(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** The example company as `npm run demo` finds it: at `examples/acme` below the working directory. */
export async function withAcme(folder: string): Promise<string> {
  await cp(join(repository, "examples/acme"), join(folder, "examples/acme"), { recursive: true });
  return folder;
}

/** A CSV inventory of so many tokens, each with several findings. */
export function manyTokens(count: number): string {
  const head =
    "kind,native_id,name,account,owner,principal_type,principal_id,status,created,rotated,expires,last_used,scopes,reach";
  const row = (index: number) =>
    `github/classic-pat,${index},job ${index},acme,none,service,bot-${index},active,2028-01-01T00:00:00Z,never,never,2028-06-01T00:00:00Z,admin admin:org; write repo,all`;
  return `${[head, ...Array.from({ length: count }, (_, index) => row(index))].join("\n")}\n`;
}

/** A configuration that reads one file. */
export const readingTokens = "version: 1\nsources:\n  - use: file\n    path: tokens.csv\n";
