import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isSystemError } from "./system-error.ts";

const LARGEST_FILE = 1_048_576;
/** References of a repository with very many branches and tags. */
const LARGEST_REFERENCES = 64 << 20;
/** What GitHub allows in the names of owners and repositories; nothing else, so no credential, gets out of a URL. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/** `owner/name` from a remote's URL, in any of git's forms, without its user, password or query. */
export function repositoryIn(url: string): string | undefined {
  const path = /^(?:https?|ssh|git|git\+ssh):\/\/[^/]+\/(.*)$/i.exec(url)?.[1] ?? scpPath(url);
  const parts = (path ?? "")
    .replace(/[?#].*$/s, "")
    .split("/")
    .filter((part) => part !== "");
  const [owner, name] = [parts[0], parts[1]?.replace(/\.git$/i, "")];
  if (parts.length !== 2 || !owner || !name) return undefined;
  return NAME.test(owner) && NAME.test(name) ? `${owner}/${name}` : undefined;
}

/** The host of a remote's URL, without its port and user. */
export function hostIn(url: string): string | undefined {
  const found = /^(?:[a-z+]+:\/\/)?(?:[^@/\s]*@)?([A-Za-z0-9.-]{2,})(?=[:/])/i.exec(url)?.[1];
  return found?.toLowerCase();
}

/** The first `url` of `[remote "origin"]` in the text of a git configuration. */
export function originIn(config: string): string | undefined {
  let section = "";
  for (const line of config.split(/\r?\n/)) {
    section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1] ?? section;
    const url = /^\s*(?:\[[^\]]*\])?\s*url\s*=\s*"?([^"\s;#]+)/i.exec(line)?.[1];
    if (url && /^remote(?:\s+"origin"|\.origin)$/i.test(section)) return url;
  }
  return undefined;
}

/** The checkout that a folder belongs to: it, or the nearest one above that has `.git`. */
export function checkoutAbove(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(resolve(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** The repository's configuration; empty where there is none that can be read. */
export function gitConfigOf(root: string): string {
  return read(resolve(foldersOf(root).common, "config")) ?? "";
}

/** What is checked out: the branch, unless a commit was checked out alone, and the commit. */
export function headOf(root: string): { ref?: string; commit?: string } {
  const { own, common } = foldersOf(root);
  const head = read(resolve(own, "HEAD"))?.trim() ?? "";
  if (COMMIT.test(head)) return { commit: head };
  const ref = /^ref: *(refs\/.+)$/.exec(head)?.[1];
  if (ref === undefined || !isReference(ref)) return {};
  const commit = read(resolve(common, ref))?.trim() ?? packed(ref, common);
  return { ref, ...(commit !== undefined && COMMIT.test(commit) ? { commit } : {}) };
}

const COMMIT = /^[0-9a-f]{40}$/;

/** Nothing that leads out of the folder of references. */
function isReference(ref: string): boolean {
  return !/\.\.|[\p{Cc}\\ ~^:?*[]/u.test(ref);
}

function packed(ref: string, folder: string): string | undefined {
  const lines = read(resolve(folder, "packed-refs"), LARGEST_REFERENCES)?.split(/\r?\n/) ?? [];
  return lines.find((line) => line.endsWith(` ${ref}`))?.split(" ", 1)[0];
}

/** `user@host:path`; one letter before the colon is a drive on Windows. */
function scpPath(url: string): string | undefined {
  return /^(?:[^@/\s]+@)?[^@:/\s]{2,}:(?!\/\/)(.+)$/.exec(url)?.[1];
}

/** The folder of a checkout, and the one that all checkouts of its repository share. In a worktree or submodule `.git` is a file that names the first. */
function foldersOf(root: string): { own: string; common: string } {
  const git = resolve(root, ".git");
  const elsewhere = /^gitdir:\s*(.+?)\s*$/m.exec(read(git) ?? "")?.[1];
  const own = elsewhere ? resolve(root, elsewhere) : git;
  return { own, common: resolve(own, read(resolve(own, "commondir"))?.trim() ?? "") };
}

function read(path: string, largest = LARGEST_FILE): string | undefined {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= largest ? readFileSync(path, "utf8") : undefined;
  } catch (error) {
    // Not there, or not ours to read: what it would say is then not known.
    if (!isSystemError(error)) throw error;
    return undefined;
  }
}
