import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isCidr } from "../model/cidr.ts";
import type { RegisterFile } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Registered } from "../model/intent.ts";
import { mapTexts } from "../model/map-texts.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import { reasonOf } from "../model/system-error.ts";
import { type ConfigFault, refuse } from "./fault.ts";
import { uriOf, type Whereabouts } from "./find.ts";
import { pathName, pointerTo } from "./pointer.ts";
import { readText, type Sort } from "./read.ts";
import { shapeFaults } from "./shape.ts";
import { mapping } from "./stated.ts";
import { type Tree, treeIn } from "./tree.ts";
import { durationFault } from "./values.ts";

/** Room for some ten thousand entries with what they allow. */
const SORT: Sort = { most: 16, unreadable: "REGISTER_UNREADABLE" };
const EXPECTED = { beginning: "version: 1 and tokens: []", times: 10 };

/** One file of a register as it is. */
export interface RegisterText {
  path: string;
  uri: string;
  /** Without the byte order mark that it may begin with. */
  text: string;
  isMarked: boolean;
  entries: readonly Registered[];
}

/** The register of a file, or of all `*.yaml` and `*.yml` in a folder in the order of their names; faults of all files end the run at once. */
export async function readRegister(where: Whereabouts, cwd: string): Promise<Registered[]> {
  const files = await registerTexts(await registerFiles(where, cwd), where.from, cwd);
  return files.flatMap(({ entries }) => entries);
}

/** The files with the entries in them, or the end of the run with everything that is wrong with any. */
export async function registerTexts(paths: readonly string[], from: string, cwd: string): Promise<RegisterText[]> {
  const files: RegisterText[] = [];
  const faults: ConfigFault[] = [];
  for (const path of paths) {
    const uri = uriOf(path, cwd);
    const read = await readText({ path, from }, uri, SORT);
    if ("fault" in read) faults.push(read.fault);
    else {
      const { entries, faults: wrong } = entriesIn(read.text, uri);
      faults.push(...wrong);
      files.push({ path, uri, ...read, entries });
    }
  }
  return faults.length > 0 ? refuse(faults, "REGISTER_INVALID") : files;
}

/** The files that a register consists of: itself, or those of its folder. */
export async function registerFiles({ path, from }: Whereabouts, cwd: string): Promise<string[]> {
  const refused = (reason: string, cause?: unknown) =>
    new TokenwardError("REGISTER_UNREADABLE", { path: uriOf(path, cwd), from, reason }, { cause });
  const names = await namesIn(path).catch((cause: unknown) => {
    throw refused(reasonOf(cause), cause);
  });
  if (names?.length === 0) throw refused("the folder holds no *.yaml or *.yml file");
  return names?.map((name) => join(path, name)) ?? [path];
}

/** The entries that a text holds, each with its place, or all that is wrong with it; then none is to be used. */
export function entriesIn(text: string, uri: string): { entries: Registered[]; faults: ConfigFault[] } {
  const tree = treeIn(text, uri, EXPECTED);
  if (!("value" in tree)) return { entries: [], faults: tree.faults };
  const faults = [...tree.faults, ...shapeFaults(tree.value, tree.locate, "register"), ...meaningFaults(tree)];
  if (faults.length > 0) return { entries: [], faults };
  // Nothing was wrong, so it is what its schema says.
  const entries = (tree.value as RegisterFile).tokens.map((entry, index) => ({
    ...mapTexts(entry, maskSecrets),
    by: `${uri}:${tree.locate(pointerTo("tokens", index)).line}`,
  }));
  return { entries, faults };
}

/** The names of a folder's files that belong to a register; undefined: it is no folder. */
export async function namesIn(path: string): Promise<string[] | undefined> {
  if (!(await stat(path)).isDirectory()) return undefined;
  const found = await readdir(path, { withFileTypes: true });
  return found
    .filter((one) => /^[^.].*\.ya?ml$/.test(one.name) && !one.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What a schema cannot say: lengths of time and blocks of addresses that are ones. */
function meaningFaults({ value, locate }: Tree): ConfigFault[] {
  const { tokens } = mapping(value);
  const entries = Array.isArray(tokens) ? tokens.map(mapping) : [];
  return entries.flatMap((entry, index) =>
    wrongIn(entry).map(({ keys, text }) => {
      const pointer = pointerTo("tokens", index, ...keys);
      return { position: locate(pointer), text: `${pathName(pointer)}: ${text}` };
    }),
  );
}

interface Wrong {
  keys: (string | number)[];
  text: string;
}

function wrongIn(entry: Record<string, unknown>): Wrong[] {
  const wrong: Wrong[] = [];
  for (const key of ["max_lifetime", "rotate_every"]) {
    const stated = entry[key];
    const text = typeof stated === "string" && stated !== "" ? durationFault(stated) : undefined;
    if (text !== undefined) wrong.push({ keys: [key], text });
  }
  const { network } = entry;
  for (const [index, block] of Array.isArray(network) ? network.entries() : [])
    if (typeof block === "string" && !isCidr(block))
      wrong.push({ keys: ["network", index], text: `${shown(block)} is no CIDR block such as 192.0.2.0/24` });
  return wrong;
}
