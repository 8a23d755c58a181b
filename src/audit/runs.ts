import { lstat, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AuditRun } from "../model/documents.gen.ts";
import { parsedJson } from "../model/exact-json.ts";
import { isMapping } from "../model/mapping.ts";
import { shown } from "../model/shown.ts";
import { isValid } from "../model/validate.ts";

/** What stands in the folder of a run besides its reports. */
export const RUN = "run.json";
export const PAGE = "index.html";
export const EVIDENCE = "evidence";

const NAME = /^\d{4}-\d{2}-\d{2}T\d{6}Z$/;
/** Bytes; no run.json with so many changes is larger. */
const LARGEST = 64 * 1024 * 1024;

/** The name of a run's folder: its instant, without the colons that some file systems refuse. */
export function folderName(asOf: string): string {
  return asOf.replaceAll(":", "");
}

/** The audits in a folder, oldest first. */
export interface Found {
  /** Only what is surely a run of ours. */
  runs: AuditRun[];
  /** What was one, but cannot be read any more. */
  unreadable: Unreadable[];
}

export interface Unreadable {
  folder: string;
  reason: string;
}

export async function runsIn(dir: string): Promise<Found> {
  const names = (await readdir(dir)).filter((name) => NAME.test(name)).sort();
  const found = await Promise.all(names.map((name) => runIn(dir, name)));
  return {
    runs: found.flatMap((one) => (one && !("reason" in one) ? one : [])),
    unreadable: found.flatMap((one) => (one && "reason" in one ? one : [])),
  };
}

/** Undefined: a folder of somebody else, whatever it is called. */
async function runIn(dir: string, folder: string): Promise<AuditRun | Unreadable | undefined> {
  const [own, file, evidence] = await Promise.all(
    [join(dir, folder), join(dir, folder, RUN), join(dir, folder, EVIDENCE)].map((path) =>
      lstat(path).catch(() => undefined),
    ),
  );
  if (!own?.isDirectory() || !(file ?? evidence)) return undefined;
  if (!file?.isFile()) return { folder, reason: `there is no ${RUN} in it` };
  if (file.size > LARGEST) return { folder, reason: `its ${RUN} is larger than tokenward writes it` };
  const run = parsedJson(await readFile(join(dir, folder, RUN), "utf8").catch(() => ""));
  if (isValid("audit", run) && run.folder === folder) return run;
  const version = isMapping(run) ? run.schema_version : undefined;
  const isOther = version !== undefined && version !== 1;
  return {
    folder,
    reason: isOther ? `its ${RUN} is of version ${shown(version)}, 1 is read` : `its ${RUN} is damaged`,
  };
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
