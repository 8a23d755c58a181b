import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";
import { number } from "../model/number.ts";
import { shown } from "../model/shown.ts";
import { reasonOf } from "../model/system-error.ts";
import { writePrivate } from "./private-file.ts";

/** Record: ask, and keep what came. Resume: the same, but ask nothing that was kept. Replay: ask nothing. */
export type Mode = "record" | "resume" | "replay";

/** A folder of kept exchanges that belongs to this run. */
export interface Keeping {
  mode: Mode;
  folder: string;
}

/** What a folder is kept for: the sources of a configuration without their credentials. */
export type Kept = Readonly<Record<string, unknown>> & { use: string };

/** It tells what the folder is, for which sources, and as of when they were asked. */
const LABEL = "tokenward-exchanges.json";

interface Label {
  schema_version: 1;
  as_of: string;
  sources: Kept[];
}

/** Opens a folder for a run; `asOf` gives the run's instant, and takes that of the first run as a suggestion. */
export async function openKeeping(
  { mode, folder }: Keeping,
  sources: readonly Kept[],
  asOf: (suggested?: string) => string,
): Promise<{ keeping: Keeping; asOf: string }> {
  const label = await labelOf(folder);
  const own = sources.map(({ credential: _, ...source }): Kept => ({ ...source, use: source.use }));
  if (label) requireSame(folder, label.sources, own);
  else if (mode === "replay") throw new TokenwardError("KEEP_MISSING", { folder });
  // A new recording is of its own time; the others go on with what was begun.
  const instant = asOf(mode === "record" ? undefined : label?.as_of);
  const text = `${JSON.stringify({ schema_version: 1, as_of: instant, sources: own } satisfies Label, null, 2)}\n`;
  if (mode !== "replay") await writePrivate(join(folder, LABEL), text, folder);
  return { keeping: { mode, folder }, asOf: instant };
}

/** Nothing where the folder is empty or not there yet. */
async function labelOf(folder: string): Promise<Label | undefined> {
  const files: string[] = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw new TokenwardError("KEEP_FAILED", { folder, reason: reasonOf(cause) }, { cause });
  });
  if (files.length === 0) return undefined;
  const label = files.includes(LABEL) ? parsedJson(await readFile(join(folder, LABEL), "utf8")) : undefined;
  if (!isLabel(label)) throw new TokenwardError("KEEP_FOREIGN", { folder });
  return label;
}

function requireSame(folder: string, kept: readonly Kept[], asked: readonly Kept[]): void {
  const difference = differenceOf(kept, asked);
  if (difference !== undefined) throw new TokenwardError("KEEP_OTHER", { folder, difference });
}

/** The first setting that is not the same, whatever the order of the keys. */
function differenceOf(kept: readonly Kept[], asked: readonly Kept[]): string | undefined {
  if (kept.length !== asked.length) return `${number(kept.length, "source")} then, and ${asked.length} now`;
  for (const [index, now] of asked.entries()) {
    const before: Partial<Kept> = kept[index] ?? {};
    const key = Object.keys({ ...before, ...now }).find((name) => !isSame(before[name], now[name]));
    if (key === undefined) continue;
    return `sources[${index}].${key} was ${worded(before[key])} then, and is ${worded(now[key])} now`;
  }
  return undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function worded(value: unknown): string {
  if (value === undefined) return "not set";
  return typeof value === "object" ? shown(JSON.stringify(value)) : shown(value);
}

function isLabel(value: unknown): value is Label {
  return isMapping(value) && Array.isArray(value.sources) && typeof value.as_of === "string";
}
