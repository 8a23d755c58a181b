import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const PACKAGE = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** The licences of the packages that files were taken from, in the order of their names; one without a text is refused. */
export async function licensesOf(root: string, files: readonly string[]): Promise<string> {
  const folders = new Set(files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []));
  const licences = await Promise.all([...folders].map((folder) => licenceOf(join(root, folder))));
  return `The JavaScript of tokenward contains code of these packages.\n\n${licences.sort().join("\n")}`;
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license: string;
  };
  const texts = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice)\b/i.test(file)).sort();
  if (!texts.some((file) => /^licen/i.test(file))) throw new Error(`${name} ${version} has no licence text to hand on`);
  const bodies = await Promise.all(texts.map((file) => readFile(join(folder, file), "utf8")));
  return `${name} ${version} (${license})\n\n${bodies.map((body) => `${body.replaceAll("\r\n", "\n").trim()}\n`).join("\n")}`;
}
