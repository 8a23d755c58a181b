import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
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
  const label = files.includes(LABEL) ? parsed(await readFile(join(folder, LABEL), "utf8")) : undefined;
  if (!isLabel(label)) throw new TokenwardError("KEEP_FOREIGN", { folder });
  return label;
}

function requireSame(folder: string, kept: readonly Kept[], asked: readonly Kept[]): void {
  if (JSON.stringify(kept.map(inOrder)) === JSON.stringify(asked.map(inOrder))) return;
  const listed = (sources: readonly Kept[]) => maskSecrets(sources.map((source) => JSON.stringify(source)).join(", "));
  throw new TokenwardError("KEEP_OTHER", { folder, kept: listed(kept), asked: listed(asked) });
}

function inOrder(source: Kept): unknown {
  return Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isLabel(value: unknown): value is Label {
  return (
    typeof value === "object" &&
    value !== null &&
    "sources" in value &&
    Array.isArray(value.sources) &&
    "as_of" in value &&
    typeof value.as_of === "string"
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
