import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { Command, Option } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { type CiSystem, ciSystems } from "./ci-files.ts";
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
  const { path, text, next } = (nightly ? nightlySystems : ciSystems)[ci](sourceFrom(source));
  if (stdout) return write(text);
  await makeFolder(dirname(path));
  await createFile(path, text);
  if (!(await isThere(FILE_NAME))) await writeConfig(template);
  return write(`wrote ${path}; ${next}\n${installs(source)}`);
}

/** A pipeline that installs what its registry does not have would only fail later. */
function installs(source: string): string {
  if (source.includes("/")) return "";
  return `its pipeline installs ${source}; where no registry has it, name a file that \`npm pack\` wrote with --package\n`;
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
