import { access } from "node:fs/promises";
import { dirname, isAbsolute, relative } from "node:path";
import { Command, Option } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { checkoutAbove } from "../model/git.ts";
import { type CiFile, type CiSystem, ciSystems } from "./ci-files.ts";
import { nightly as nightlySystems } from "./ci-nightly.ts";
import { createFile } from "./create-file.ts";
import { write } from "./terminal.ts";
import { tool } from "./version.ts";

const FILE_NAME = "tokenward.yaml";

interface Options {
  stdout?: boolean;
  ci?: CiSystem;
  nightly?: boolean;
  package: string;
}

export function initCommand(): Command {
  return new Command("init")
    .description(`write a commented ${FILE_NAME} here, or what a CI system needs; never overwrites anything`)
    .addOption(
      new Option("--ci <system>", "write the pipeline, and the configuration where there is none").choices(
        Object.keys(ciSystems),
      ),
    )
    .option("--nightly", "with --ci: write the audit of every night instead of the pipeline that judges changes")
    .option("--package <source>", "what the pipeline installs with npm", `${tool.name}@${tool.version}`)
    .option("--stdout", "print it instead")
    .action(init);
}

async function init({ stdout, ci, nightly, package: source }: Options): Promise<void> {
  if (nightly && ci === undefined)
    throw new TokenwardError("NIGHTLY_WITHOUT_CI", { choices: Object.keys(ciSystems).join(", ") });
  const { template } = await import("../config/template.ts");
  if (ci === undefined) return stdout ? write(template) : writeConfig(template);
  const file: CiFile = (nightly ? nightlySystems : ciSystems)[ci](sourceFrom(source));
  if (stdout) return write(file.text);
  refuseBelowRoot(file);
  await makeFolder(dirname(file.path));
  await createFile(file.path, file.text);
  const isNew = !(await isThere(FILE_NAME));
  if (isNew) await writeConfig(template);
  await write(`wrote ${file.path}; ${file.next}\n`);
  await write((await entered(file)) + (await installed(source)) + (isNew ? await readable() : ""));
}

/** Pipelines are looked for at the root alone, and the paths in them count from there. */
function refuseBelowRoot({ path }: CiFile): void {
  const root = relative(".", checkoutAbove(".") ?? ".");
  if (root !== "") throw new TokenwardError("CI_BELOW_ROOT", { path, root });
}

/** One who has such a file writes into it by hand. */
async function entered({ entry }: CiFile): Promise<string> {
  if (entry === undefined) return "";
  if (await isThere(entry.path)) return `${entry.path} is there already: ${entry.otherwise}\n`;
  await createFile(entry.path, entry.text);
  return `wrote ${entry.path}, which includes it\n`;
}

/** A pipeline that installs what its registry or its checkout does not have would only fail later. */
async function installed(source: string): Promise<string> {
  if (!isFile(source))
    return `its pipeline installs ${source}; where no registry has it, name a file that \`npm pack\` wrote with --package\n`;
  if (isAbsolute(source) || relative(".", source).startsWith(".."))
    return `its pipeline installs ${source}, which is not in this repository: a copy of the file in it has to be named with --package\n`;
  if (await isThere(source)) return `its pipeline installs ${source}; commit that file too\n`;
  return `its pipeline installs ${source}, which is not there yet: commit the file that \`npm pack\` writes under that name\n`;
}

/** As npm tells a file from a name. */
function isFile(source: string): boolean {
  return /^\.{0,2}\//.test(source) || /\.(?:tgz|tar|tar\.gz)$/i.test(source);
}

/** A first run that finds nothing to read ends as incomplete, which puzzles who set it up. */
async function readable(): Promise<string> {
  if (await isThere(".github/workflows")) return "";
  return `there are no workflows to read here: name in ${FILE_NAME} what else holds tokens, or the run ends as incomplete\n`;
}

async function writeConfig(template: string): Promise<void> {
  await createFile(FILE_NAME, template).catch((cause: unknown) => {
    const isTaken = cause instanceof TokenwardError && cause.code === "FILE_EXISTS";
    throw isTaken ? new TokenwardError("CONFIG_EXISTS", { path: FILE_NAME }, { cause }) : cause;
  });
  return write(`wrote ${FILE_NAME}; \`tokenward check\` judges by it, \`tokenward config --show\` explains it\n`);
}

/** It becomes a word of a shell's line. */
function sourceFrom(text: string): string {
  if (/^[\w@./-]+$/.test(text)) return text;
  throw new TokenwardError("PACKAGE_SOURCE", { source: text });
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
