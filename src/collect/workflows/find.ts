import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { failureOf, isInside, LEAVING, type Refusal } from "./refusal.ts";

export const FOLDER = ".github/workflows";
const ENDINGS = ["yml", "yaml"];

export type Found = { paths: string[] } | { refusal: Refusal; path: string };

/** The files to read, as paths below the root in code unit order, or what could not be listed and why. */
export async function findFiles(root: string, patterns: readonly string[] | undefined): Promise<Found> {
  let path = ".";
  try {
    if (!statSync(root).isDirectory()) return { path, refusal: NO_FOLDER };
    if (patterns) return { paths: (await matching(root, patterns)).sort() };
    path = FOLDER;
    if (!lstatSync(join(root, path), { throwIfNoEntry: false })) return { paths: [] };
    if (!isInside(realpathSync(join(root, path)), realpathSync(root))) return { path, refusal: LEAVING };
    return { paths: listed(root).sort() };
  } catch (error) {
    return { path, refusal: failureOf(error) };
  }
}

const NO_FOLDER: Refusal = {
  outcome: "failed",
  detail: "is a file, not a folder",
  remedy: "name the folder of the checkout",
};

/** What GitHub reads: the folder's own files, nothing below it. */
function listed(root: string): string[] {
  const names = readdirSync(join(root, FOLDER));
  return names.filter(isWorkflow).map((name) => `${FOLDER}/${name}`);
}

/** Links are kept as they are, to be refused by name or followed when they are read; folders are not files, whatever they are called. */
async function matching(root: string, patterns: readonly string[]): Promise<string[]> {
  const { globby } = await import("globby");
  const found = await globby(patterns, {
    cwd: root,
    dot: true,
    expandDirectories: { extensions: ENDINGS },
    followSymbolicLinks: false,
    objectMode: true,
    onlyFiles: false,
  });
  return found.filter(({ dirent, name }) => !dirent.isDirectory() || isWorkflow(name)).map(({ path }) => path);
}

function isWorkflow(name: string): boolean {
  return ENDINGS.some((ending) => name.endsWith(`.${ending}`));
}
