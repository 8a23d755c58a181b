import { Command } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { createFile } from "./create-file.ts";
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
  await createFile(FILE_NAME, template).catch((cause: unknown) => {
    const isThere = cause instanceof TokenwardError && cause.code === "FILE_EXISTS";
    throw isThere ? new TokenwardError("CONFIG_EXISTS", { path: FILE_NAME }, { cause }) : cause;
  });
  return write(`wrote ${FILE_NAME}; \`tokenward check\` judges by it, \`tokenward config --show\` explains it\n`);
}
