import { createHash } from "node:crypto";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Outcome, run } from "./command.ts";

/** The example company, judged with evidence kept under that name. */
export function packed(cwd: string, name: string, more: readonly string[] = [], node?: string): Promise<Outcome> {
  const args = ["check", "--config", "examples/acme/tokenward.yaml", "--as-of", "2030-01-01T00:00:00Z"];
  return run({ cwd, args: [...args, "--evidence", name, "-f", "json", ...more], ...(node ? { node } : {}) });
}

/** A copy of a pack, for who wants to do something to it. */
export async function copied(pack: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true });
  await cp(pack, to, { recursive: true });
  return to;
}

/** All files of a folder, by path. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return paths.map((path) => path.slice(folder.length + 1)).sort();
}

/** Changes a file of a pack, and makes the sums fit again, as somebody would who wants it to go unnoticed. */
export async function forged(pack: string, path: string, change: (text: string) => string | Uint8Array): Promise<void> {
  const before = await readFile(join(pack, path), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`nothing of ${path} was changed`);
  await writeFile(join(pack, path), after);
  await resummed(pack);
}

/** An inventory with other tokens, whose end line vouches for them. */
export function reInventoried(text: string, change: (lines: string) => string): string {
  const lines = text.trimEnd().split("\n");
  const { end } = JSON.parse(lines.pop() ?? "") as { end: { tokens: number; coverage: number } };
  const changed = change(`${lines.join("\n")}\n`);
  const tokens = changed.split("\n").filter((line) => line.startsWith('{"token"')).length;
  return `${changed}${JSON.stringify({ end: { tokens, coverage: end.coverage, sha256: sum(changed) } })}\n`;
}

async function resummed(pack: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(pack, "manifest.json"), "utf8")) as {
    files: { path: string; size: number; sha256: string }[];
  };
  for (const file of manifest.files) {
    const bytes = await readFile(join(pack, file.path));
    Object.assign(file, { size: bytes.length, sha256: sum(bytes) });
  }
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(pack, "manifest.json"), text);
  const lines = [...manifest.files, { path: "manifest.json", sha256: sum(text) }];
  await writeFile(join(pack, "SHA256SUMS"), lines.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(""));
}

function sum(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
