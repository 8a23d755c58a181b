import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { failureOf } from "./refusal.ts";

const LARGEST_CONFIG = 1_048_576;
const LONGEST_ACCOUNT = 512;
/** What GitHub allows in the names of owners and repositories; nothing else, so no credential, gets out of a URL. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/** The repository as `owner/name`: as configured, as GitHub Actions says, or as the remote `origin` says; else `local`. */
export function accountOf(
  configured: string | undefined,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const stated = [configured, env.GITHUB_REPOSITORY].find((name) => name && name.length <= LONGEST_ACCOUNT);
  return stated ?? repositoryIn(originIn(gitConfig(root)) ?? "") ?? "local";
}

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

/** `user@host:path`; one letter before the colon is a drive on Windows. */
function scpPath(url: string): string | undefined {
  return /^(?:[^@/\s]+@)?[^@:/\s]{2,}:(?!\/\/)(.+)$/.exec(url)?.[1];
}

/** The repository's configuration; empty where there is none that can be read: the account is then `local`. */
function gitConfig(root: string): string {
  const folder = gitFolder(root);
  const common = read(resolve(folder, "commondir"));
  return read(resolve(folder, common?.trim() ?? "", "config")) ?? "";
}

/** In a worktree or submodule `.git` is a file that names the folder. */
function gitFolder(root: string): string {
  const git = resolve(root, ".git");
  const elsewhere = /^gitdir:\s*(.+?)\s*$/m.exec(read(git) ?? "")?.[1];
  return elsewhere ? resolve(root, elsewhere) : git;
}

function read(path: string): string | undefined {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= LARGEST_CONFIG ? readFileSync(path, "utf8") : undefined;
  } catch (error) {
    // Not there, or not ours to read: the repository then has no name that we know.
    failureOf(error);
    return undefined;
  }
}
