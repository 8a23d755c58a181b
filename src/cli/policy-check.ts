import { relative } from "node:path";
import { Command } from "commander";
import { number } from "../model/number.ts";
import { ownFolders } from "./configured.ts";
import { type ConfigOptions, withConfigFile } from "./options.ts";
import { write } from "./terminal.ts";

export function policyCheckCommand(): Command {
  const command = new Command("check")
    .description("hold policies of your own against the token schema, the built-ins there are and the form of METADATA")
    .argument("[folder]", "where they stand; default: policies.paths as configured")
    .action(checkPolicies);
  return withConfigFile(command);
}

async function checkPolicies(named: string | undefined, options: ConfigOptions): Promise<void> {
  const folders = await ownFolders(options, named);
  const { checkOwn } = await import("../judge/own.ts");
  const slugs = await checkOwn({ folders, env: process.env });
  const places = folders.map((folder) => relative(process.cwd(), folder) || ".").join(", ");
  await write(`${number(slugs.length, "policy")} in ${places} without fault: ${slugs.join(", ")}\n`);
}
