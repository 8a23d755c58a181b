import { dirname, relative, resolve, sep } from "node:path";
import type { Config } from "../model/config.ts";
import type { EnvironmentRule, OwnerRule, OwnersFile } from "../model/documents.gen.ts";
import { at, TokenwardError } from "../model/errors.ts";
import type { Codeowners, Directory, Intent, Owners, Placed } from "../model/intent.ts";
import { mapTexts } from "../model/map-texts.ts";
import { maskSecrets } from "../model/mask.ts";
import { codeownersIn } from "./codeowners.ts";
import { peopleIn } from "./directory.ts";
import { type ConfigFault, type Locate, refuse } from "./fault.ts";
import { uriOf } from "./find.ts";
import { pointerTo } from "./pointer.ts";
import { readText } from "./read.ts";
import { shapeFaults } from "./shape.ts";
import { treeIn } from "./tree.ts";

/** Room for some hundred thousand people with their columns. */
const DIRECTORY = { most: 64, unreadable: "OWNERS_UNREADABLE" } as const;
/** GitHub reads no more of it. */
const CODEOWNERS = { most: 3, unreadable: "OWNERS_UNREADABLE" } as const;
const MAPPING = { most: 4, unreadable: "OWNERS_UNREADABLE" } as const;

/** Folders in which a CODEOWNERS file speaks for the folder above. */
const BESIDE = /(?:^|\/)(?:\.github|\.gitlab|docs)$/;

/** What the configuration says of owners and environments, with what its files hold; faults of all of them end the run at once. */
export async function readOwners(config: Config, cwd: string): Promise<Pick<Intent, "owners" | "environments">> {
  const { owners = {}, environments } = config.stated;
  const files: Files = { config, cwd, faults: [] };
  const codeowners = owners.codeowners === undefined ? undefined : await codeownersOf(owners.codeowners, files);
  const mapping = await mappingOf(owners.mapping, files);
  const directory = owners.directory === undefined ? undefined : await directoryOf(owners.directory, files);
  if (files.faults.length > 0) refuse(files.faults, "OWNERS_INVALID");
  const read: Owners = {
    ...(mapping && { mapping }),
    ...(codeowners && { codeowners }),
    ...(directory && { directory }),
  };
  return {
    ...(config.stated.owners ? { owners: read } : {}),
    ...(environments ? { environments: placed(environments, config.locate, "environments") } : {}),
  };
}

interface Files {
  config: Config;
  cwd: string;
  /** Of all files. */
  faults: ConfigFault[];
}

type Key = "codeowners" | "mapping" | "directory";

async function textOf(key: Key, path: string, files: Files): Promise<{ text: string; uri: string } | undefined> {
  const { config, cwd, faults } = files;
  const full = resolve(folderOf(config, cwd), path);
  const uri = uriOf(full, cwd);
  const position = config.locate(pointerTo("owners", key));
  const sort = { codeowners: CODEOWNERS, mapping: MAPPING, directory: DIRECTORY }[key];
  try {
    const read = await readText({ path: full, from: at(position) }, uri, sort);
    if ("text" in read) return { text: read.text, uri };
    faults.push(read.fault);
  } catch (error) {
    if (!(error instanceof TokenwardError)) throw error;
    faults.push({ position, text: error.message });
  }
  return undefined;
}

/** Paths in a configuration count from its folder. */
function folderOf({ file }: Config, cwd: string): string {
  return file === null ? cwd : dirname(resolve(cwd, file));
}

async function mappingOf(
  stated: string | OwnerRule[] | undefined,
  files: Files,
): Promise<Placed<OwnerRule>[] | undefined> {
  if (stated === undefined) return undefined;
  if (typeof stated !== "string") return placed(stated, files.config.locate, "owners", "mapping");
  const file = await textOf("mapping", stated, files);
  if (!file) return undefined;
  const tree = treeIn(file.text, file.uri, { beginning: "version: 1 and owners: []" });
  const wrong = "value" in tree ? [...tree.faults, ...shapeFaults(tree.value, tree.locate, "owners")] : tree.faults;
  files.faults.push(...wrong);
  if (wrong.length > 0 || !("value" in tree)) return undefined;
  // Nothing was wrong, so it is what its schema says.
  return placed((tree.value as OwnersFile).owners, tree.locate, "owners");
}

/** What people wrote stands in reports, so secrets are masked like everywhere; names come masked too, so patterns mean the same. */
function placed<Entry extends OwnerRule | EnvironmentRule>(
  entries: readonly Entry[],
  locate: Locate,
  ...keys: readonly string[]
): Placed<Entry>[] {
  return entries.map((entry, index) => {
    const { uri, line } = locate(pointerTo(...keys, index));
    return { ...mapTexts(entry, maskSecrets), by: at({ uri, line }) };
  });
}

async function codeownersOf(path: string, files: Files): Promise<Codeowners | undefined> {
  const file = await textOf("codeowners", path, files);
  if (!file) return undefined;
  const { rules, isGitlab, faults } = codeownersIn(file.text, file.uri);
  files.faults.push(...faults);
  const folder = dirname(resolve(files.cwd, file.uri));
  const root = BESIDE.test(folder.split(sep).join("/")) ? dirname(folder) : folder;
  return {
    uri: file.uri,
    root: slashed(relative(files.cwd, root)),
    here: slashed(relative(root, files.cwd)),
    isAnywhere: isGitlab || slashed(folder).endsWith("/.gitlab"),
    rules,
  };
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

async function directoryOf(path: string, files: Files): Promise<Directory | undefined> {
  const file = await textOf("directory", path, files);
  if (!file) return undefined;
  const { complete = false, states = {} } = files.config.stated.owners ?? {};
  const { people, faults } = await peopleIn({ ...file, states });
  files.faults.push(...faults);
  return { uri: file.uri, isComplete: complete, people };
}
