import { randomUUID } from "node:crypto";
import { constants, copyFile, link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { write } from "./terminal.ts";

const FILE_NAME = "tokenward.yaml";

export function initCommand(): Command {
  return new Command("init")
    .description(`write a commented ${FILE_NAME} here; never overwrites one`)
    .option("--stdout", "print it instead")
    .action(init);
}

async function init({ stdout }: { stdout?: boolean }): Promise<void> {
  const { template } = await import("../config/template.ts");
  if (stdout) return write(template);
  await createFile(process.cwd(), template);
  return write(`wrote ${FILE_NAME}; \`tokenward check\` judges by it, \`tokenward config --show\` explains it\n`);
}

/** A new file that appears whole or not at all, and never in place of another, also when two of us run at once. */
async function createFile(folder: string, text: string): Promise<void> {
  const temporary = join(folder, `.tokenward-tmp-${randomUUID()}`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary, join(folder, FILE_NAME));
  } catch (cause) {
    throw refusal(cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Linking fails where the name is taken; renaming would not. Some file systems have no links: there a copy must do. */
async function publish(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") throw error;
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
  }
}

function refusal(cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  if (cause.code === "EEXIST") return new TokenwardError("CONFIG_EXISTS", { path: FILE_NAME }, { cause });
  return new TokenwardError("OUTPUT_FAILED", { target: FILE_NAME, reason: reasonOf(cause) }, { cause });
}
