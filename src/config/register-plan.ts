import { basename, join } from "node:path";
import type { RegisterEntry, Token } from "../model/documents.gen.ts";
import { observedEntry, TO_DECIDE } from "../model/observed-entry.ts";
import { openRegister } from "../model/register.ts";
import { uriOf } from "./find.ts";
import type { RegisterText } from "./register.ts";
import { newRegister } from "./register-text.ts";

/** What is to become of one file. */
export interface Plan {
  file: RegisterText;
  isNew: boolean;
  add: RegisterEntry[];
  /** Positions of entries. */
  drop: Set<number>;
}

export interface Circumstances {
  /** The register's files as they are. */
  files: readonly RegisterText[];
  /** Where new entries go, the owner's file first where there is one. */
  target: { path: string; byOwner: boolean };
  cwd: string;
}

/** Where a folder takes the entries of tokens whose owner has no file of its own. */
export const UNASSIGNED = "unassigned.yaml";

/** An entry for every token that no entry matches, each in its file. */
export function planned(tokens: readonly Token[], { files, target, cwd }: Circumstances): Plan[] {
  const register = openRegister(files.flatMap(({ entries }) => entries));
  const plans = new Map(files.map((file) => [file.path, { file, isNew: false, add: [], drop: new Set() } as Plan]));
  const owners = target.byOwner ? filesOfOwners(files) : new Map<string, string>();
  for (const token of tokens) {
    if (register.find(token)) continue;
    const entry = observedEntry(token);
    const path = owners.get(entry.owner) ?? target.path;
    const plan = plans.get(path) ?? emptyFile(path, cwd);
    plan.add.push(entry);
    plans.set(path, plan);
  }
  return [...plans.values()];
}

/** Marks the entries whose token is gone; gives the number of those that stay because nobody asked for tokens like theirs. */
export function prune(plans: readonly Plan[], ids: ReadonlySet<string>, read: ReadonlySet<string>): number {
  let unasked = 0;
  for (const { file, drop } of plans)
    for (const [index, { token }] of file.entries.entries()) {
      if (typeof token !== "string" || ids.has(token)) continue;
      if (isOfAny(token, read)) drop.add(index);
      else unasked += 1;
    }
  return unasked;
}

/** Where an account's ids begin. */
export function accountOf(provider: string, account: string): string {
  return `${provider}/${account}/`;
}

/** An account may have slashes in its name. */
function isOfAny(id: string, accounts: ReadonlySet<string>): boolean {
  for (let end = id.indexOf("/"); end !== -1; end = id.indexOf("/", end + 1))
    if (accounts.has(id.slice(0, end + 1))) return true;
  return false;
}

/** Owners whose entries all stand in one file. */
function filesOfOwners(files: readonly RegisterText[]): Map<string, string> {
  const paths = new Map<string, Set<string>>();
  for (const { path, entries } of files)
    for (const { owner } of entries) paths.set(owner, (paths.get(owner) ?? new Set()).add(path));
  const single = [...paths].flatMap(([owner, [path, other]]) =>
    path !== undefined && other === undefined && owner !== TO_DECIDE ? [[owner, path] as const] : [],
  );
  return new Map(single);
}

function emptyFile(path: string, cwd: string): Plan {
  const file = { path, uri: uriOf(path, cwd), text: newRegister(), isMarked: false, entries: [] };
  return { file, isNew: true, add: [], drop: new Set() };
}

/** The file that a name means: one in the folder, whether it is named from there or from the working directory. */
export function fileIn(folder: string, stated: string, path: string): string | undefined {
  const name = basename(stated);
  const isThere = stated === name || path === join(folder, name);
  return isThere && /^[^.].*\.ya?ml$/.test(name) ? join(folder, name) : undefined;
}
