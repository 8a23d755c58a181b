import { readFile } from "node:fs/promises";
import { parse } from "yaml";

interface Stated {
  custom?: { params?: Record<string, { default?: unknown }> };
}

/**
 * Defaults that no generated page states. Rego tests bring numbers of their own, so that a default is held by its page:
 * `npm run check` fails where the two differ.
 */
export async function unpinned(root: string, files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.filter((file) => !file.startsWith("policies/lib/")).map((file) => loose(root, file)),
  );
  return found.flat();
}

async function loose(root: string, file: string): Promise<string[]> {
  const lines = (await readFile(root + file, "utf8")).split("\n");
  const from = lines.indexOf("# METADATA") + 1;
  const block = lines.slice(
    from,
    lines.findIndex((line) => line.startsWith("package ")),
  );
  const { custom = {} } = parse(block.map((line) => line.replace(/^# ?/, "")).join("\n")) as Stated;
  const slug = (file.split("/").at(-1) ?? "").replace(/\.rego$/, "").replaceAll("_", "-");
  const page = await readFile(`${root}docs/policies/${slug}.md`, "utf8").catch(() => "");
  return Object.entries(custom.params ?? {}).flatMap(([name, { default: value }]) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
    const words = [value].flat().map((word) => `\`${String(word)}\``);
    return words.every((word) => row.includes(word)) ? [] : [`${file}: the default of ${name}`];
  });
}
