import { access, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Command } from "commander";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { reasonOf } from "../model/system-error.ts";
import { ownFolders } from "./configured.ts";
import { createFile } from "./create-file.ts";
import { type ConfigOptions, withConfigFile } from "./options.ts";
import { policyTemplate } from "./policy-template.ts";
import { write } from "./terminal.ts";

interface Options extends ConfigOptions {
  dir?: string;
}

export function policyNewCommand(): Command {
  const command = new Command("new")
    .description("write a policy of your own and its tests from a template; never overwrites one")
    .argument("<category/slug>", "what to call it, such as lifetime/contract-ended")
    .option("--dir <folder>", "where policies of your own stand; default: the first of policies.paths as configured")
    .action(writePolicy);
  return withConfigFile(command);
}

async function writePolicy(wanted: string, { dir, ...options }: Options): Promise<void> {
  const { category, slug } = await freeName(wanted);
  const [folder = ""] = await ownFolders(options, dir);
  const path = join(folder, category, slug.replaceAll("-", "_"));
  const files = [`${path}.rego`, `${path}_test.rego`].map((file) => relative(process.cwd(), file));
  const [rule = "", test = ""] = files;
  for (const file of files) await mustBeFree(file);
  await makeFolder(dirname(path)).catch((cause: unknown) => {
    throw new TokenwardError("OUTPUT_FAILED", { target: rule, reason: reasonOf(cause) }, { cause });
  });
  const text = policyTemplate(category, slug);
  await createFile(rule, text.rule);
  // One without the other would stand in the way of the next attempt.
  await createFile(test, text.test).catch(async (error: unknown) => {
    await rm(rule, { force: true });
    throw error;
  });
  const place = dir === undefined ? "" : ` ${dir}`;
  await write(`wrote ${rule}\nwrote ${test}\n\nChange both, then:\n`);
  await write(`  tokenward policy check${place}   types, METADATA and built-ins\n`);
  await write(`  tokenward policy test${place}    the tests, and the lines that none of them reaches\n`);
  if (dir !== undefined) await write("To have it judge, name the folder under policies.paths in tokenward.yaml.\n");
}

const FORM = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

/** A name of the right form that no shipped policy has or had. */
async function freeName(name: string): Promise<{ category: string; slug: string }> {
  const [, category, slug] = FORM.exec(name) ?? [];
  if (category === undefined || slug === undefined)
    throw new TokenwardError("POLICY_NAME", { name, reason: "it is not of the form CATEGORY/SLUG" });
  if (category === "lib") throw new TokenwardError("POLICY_NAME", { name, reason: "lib is for libraries" });
  if (slug.endsWith("-test")) throw new TokenwardError("POLICY_NAME", { name, reason: "its file would be a test" });
  const { loadAbout } = await import("../judge/bundle.ts");
  const { policies } = (await loadAbout()).manifest;
  const owner = policies.find(({ id, aliases = [] }) => id === slug || aliases.includes(slug));
  if (owner) throw new TokenwardError("POLICY_NAME", { name, reason: `the shipped policy ${owner.id} has that slug` });
  return { category, slug };
}

async function mustBeFree(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new TokenwardError("FILE_EXISTS", { path });
}
