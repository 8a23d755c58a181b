import { lstat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { TokenwardError } from "../model/errors.ts";

const FILE_NAME = "tokenward.yaml";
const MISTAKEN_NAME = "tokenward.yml";

/** Where the configuration is, and who said so. */
export interface Whereabouts {
  path: string;
  from: string;
}

export interface Wishes {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  flags: { config?: string; noConfig?: boolean };
}

/** The configuration file to read: named by flag or environment, else `tokenward.yaml` upward to the repository's root. */
export async function findConfig({ cwd, env, flags }: Wishes): Promise<Whereabouts | undefined> {
  if (flags.noConfig) return undefined;
  if (flags.config !== undefined) return { path: resolve(cwd, flags.config), from: "--config" };
  if (env.TOKENWARD_CONFIG) return { path: resolve(cwd, env.TOKENWARD_CONFIG), from: "TOKENWARD_CONFIG" };
  for (const folder of await foldersUpToRoot(cwd)) {
    const path = join(folder, FILE_NAME);
    if (await mayExist(path)) return { path, from: "discovery" };
    // Passing over the wrong ending would judge by other numbers than the ones written down.
    const mistaken = join(folder, MISTAKEN_NAME);
    if (await mayExist(mistaken))
      throw new TokenwardError("CONFIG_MISNAMED", { path: uriOf(mistaken, cwd), name: FILE_NAME });
  }
  return undefined;
}

/** A path as positions name it: relative to the working directory, with `/`. */
export function uriOf(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/") || ".";
}

/** From a folder up to the one that holds `.git`; outside a repository only the folder itself. */
async function foldersUpToRoot(cwd: string): Promise<string[]> {
  const folders: string[] = [];
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    folders.push(folder);
    if ((await probe(join(folder, ".git"))) === undefined) return folders;
    if (folder === dirname(folder)) return folders.slice(0, 1);
  }
}

/** A file that cannot be looked at counts as there: reading it then says why, and no other numbers are used in its place. */
async function mayExist(path: string): Promise<boolean> {
  const code = await probe(path);
  return code !== "ENOENT" && code !== "ENOTDIR";
}

/** The system's error code for looking at a path; undefined: it is there. */
async function probe(path: string): Promise<string | undefined> {
  return lstat(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? "",
  );
}
