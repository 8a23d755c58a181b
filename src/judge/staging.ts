import type { Dirent } from "node:fs";
import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";

/** What to compile: folders of policies, the schemas they are checked against, the built-ins they may call. */
export interface Sources {
  policies: readonly string[];
  schemas: string;
  capabilities: string;
}

/** Copies all that OPA is to see under fixed names, tests left out. Two folders with a file of the same place would shadow each other. */
export async function stage({ policies, schemas, capabilities }: Sources, scratch: string): Promise<void> {
  await mkdir(join(scratch, "schemas"));
  await cp(join(schemas, "token.json"), join(scratch, "schemas/token.json"));
  await cp(capabilities, join(scratch, "capabilities.json"));
  const owners = new Map<string, string>();
  const faults: string[] = [];
  for (const folder of policies) {
    for (const file of await sourcesIn(folder)) {
      const owner = owners.get(file);
      if (owner)
        faults.push(`${join(folder, file)}: ${join(owner, file)} stands in the same place; give yours another name`);
      else await copied(join(folder, file), join(scratch, "policies", file));
      owners.set(file, owner ?? folder);
    }
  }
  if (faults.length > 0) throw new TokenwardError("POLICY_INVALID", { faults: faults.join("\n") });
}

/** Copies the tests of folders beside what is staged already; what only tests use is theirs to name. */
export async function stageTests(folders: readonly string[], scratch: string): Promise<void> {
  for (const folder of folders) {
    for (const file of await testsIn(folder)) await copied(join(folder, file), join(scratch, "policies", file));
  }
}

/** As bytes, so that a link becomes a file and no right of the original keeps OPA from reading the copy. */
async function copied(from: string, to: string): Promise<void> {
  const source = await readFile(from).catch((cause: unknown) => Promise.reject(unreadable(from, cause)));
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, source);
}

/** Links may lead back to where they stand. */
const DEEPEST = 10;

/** The Rego files of a folder besides tests and hidden ones, relative to it with `/`, sorted; links are followed. */
export async function sourcesIn(folder: string): Promise<string[]> {
  const files = await filesIn(folder, "", 0);
  return files.filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego")).sort();
}

/** The Rego tests of a folder, as `sourcesIn` gives its policies. */
export async function testsIn(folder: string): Promise<string[]> {
  const files = await filesIn(folder, "", 0);
  return files.filter((file) => file.endsWith("_test.rego")).sort();
}

async function filesIn(folder: string, below: string, depth: number): Promise<string[]> {
  const place = join(folder, below);
  if (depth > DEEPEST) throw unreadable(place, new Error(`it is more than ${DEEPEST} folders deep`));
  const entries = await readdir(place, { withFileTypes: true }).catch((cause) =>
    Promise.reject(unreadable(place, cause)),
  );
  const found = entries
    .filter(({ name }) => !name.startsWith("."))
    .map(async (entry): Promise<string[]> => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const { isFolder, isFile } = await natureOf(entry, join(folder, path));
      if (isFolder) return filesIn(folder, path, depth + 1);
      return isFile ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}

/** A link that leads nowhere matters only where a policy should be. */
async function natureOf(entry: Dirent, path: string): Promise<{ isFolder: boolean; isFile: boolean }> {
  if (!entry.isSymbolicLink()) return { isFolder: entry.isDirectory(), isFile: entry.isFile() };
  const target = await stat(path).catch((cause: unknown) => {
    if (entry.name.endsWith(".rego")) throw unreadable(path, cause);
    return undefined;
  });
  return { isFolder: target?.isDirectory() ?? false, isFile: target?.isFile() ?? false };
}

function unreadable(folder: string, cause: unknown): TokenwardError {
  return new TokenwardError("POLICY_FOLDER", { folder, reason: reasonOf(cause) }, { cause });
}
