import { lstat, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AuditRun } from "../model/documents.gen.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isValid } from "../model/validate.ts";

/** What stands in the folder of a run besides its reports. */
export const RUN = "run.json";
export const PAGE = "index.html";
export const EVIDENCE = "evidence";

const NAME = /^\d{4}-\d{2}-\d{2}T\d{6}Z$/;
/** Bytes; no run.json with two thousand findings is larger. */
const LARGEST = 64 * 1024 * 1024;

/** The name of a run's folder: its instant, without the colons that some file systems refuse. */
export function folderName(asOf: string): string {
  return asOf.replaceAll(":", "");
}

/** The runs in a folder of audits, oldest first: only what is surely a run of ours counts. */
export async function runsIn(dir: string): Promise<AuditRun[]> {
  const names = (await readdir(dir)).filter((name) => NAME.test(name)).sort();
  const runs = await Promise.all(names.map((name) => runIn(dir, name)));
  return runs.flatMap((run) => run ?? []);
}

async function runIn(dir: string, name: string): Promise<AuditRun | undefined> {
  const [folder, file] = await Promise.all(
    [join(dir, name), join(dir, name, RUN)].map((path) => lstat(path).catch(() => undefined)),
  );
  if (!folder?.isDirectory() || !file?.isFile() || file.size > LARGEST) return undefined;
  const run = parsedJson(await readFile(join(dir, name, RUN), "utf8"));
  return isValid("audit", run) && run.folder === name ? run : undefined;
}

/** Removes the oldest runs but for so many, and tells which stay because somebody put more into their folder. */
export async function prune(
  dir: string,
  runs: readonly AuditRun[],
  { keep, newest }: { keep: number; newest: string },
): Promise<{ removed: string[]; spared: string[] }> {
  const old = runs.slice(0, Math.max(0, runs.length - keep)).filter(({ folder }) => folder !== newest);
  const [removed, spared] = [[] as string[], [] as string[]];
  for (const run of old) {
    const isOurs = await holdsOnlyOurs(join(dir, run.folder), run);
    if (isOurs) await rm(join(dir, run.folder), { recursive: true, force: true });
    (isOurs ? removed : spared).push(run.folder);
  }
  return { removed, spared };
}

async function holdsOnlyOurs(folder: string, { reports }: AuditRun): Promise<boolean> {
  const ours = new Set([RUN, PAGE, EVIDENCE, ...reports.map(({ file }) => file)]);
  return (await readdir(folder)).every((name) => ours.has(name));
}
