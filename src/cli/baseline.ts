import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import type { Command } from "commander";
import { uriOf } from "../config/find.ts";
import type { Bundle } from "../judge/bundle.ts";
import type { Baseline } from "../model/baseline.ts";
import type { Config } from "../model/config.ts";
import type { BaselineEntry, Policy } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { isSystemError } from "../model/system-error.ts";
import { visible } from "../model/text.ts";
import { deliver } from "./output.ts";
import { writeError } from "./terminal.ts";

export interface WriteOptions {
  writeBaseline?: string;
  quiet?: boolean;
}

const FLAG = "--write-baseline";
/** As many as the schema allows. */
const MOST = 500_000;

/** Accepts what a run finds as known. */
export function withBaselineWriting(command: Command): Command {
  return command.option(
    `${FLAG} <file>`,
    "accept all findings of this run that nobody waives as known; entries keep the day on which they were accepted",
  );
}

/** The baseline of a run: absent where none is named, and where the one that is named is only about to be written. */
export async function baselineFor(
  { config, bundle }: { config: Config; bundle: Pick<Bundle, "manifest"> },
  { writeBaseline }: WriteOptions = {},
): Promise<Baseline | undefined> {
  if (!config.baseline) return undefined;
  const { value, source: from } = config.baseline;
  const path = resolve(value);
  if (writeBaseline !== undefined && resolve(writeBaseline) === path && (await isMissing(path))) return undefined;
  const { readBaseline } = await import("../config/baseline.ts");
  const baseline = await readBaseline({ path, from }, { cwd: process.cwd(), policies: bundle.manifest.policies });
  return { ...baseline, ...(config.baselineMaxAge ? { maxAge: config.baselineMaxAge.value } : {}) };
}

/** Writes the baseline once a run is over; a faulty file that it would replace ends the run before it begins. */
export async function baselineWriter(
  { writeBaseline, quiet = false }: WriteOptions,
  policies: readonly Policy[],
  isShard = false,
): Promise<(result: Result) => Promise<void>> {
  if (writeBaseline === undefined) return () => Promise.resolve();
  if (isShard) throw new TokenwardError("BASELINE_OF_SHARD", {});
  const path = resolve(writeBaseline);
  const file = uriOf(path, process.cwd());
  const before = await previousEntries(path, policies);
  return async (result) => {
    const { gate } = result.head;
    if (gate.incomplete && !gate.allow_incomplete)
      return writeError(
        `${visible(`not written: ${file}. The run is incomplete, and what was not read would be missing there`)}; --allow-incomplete keeps its entries\n`,
      );
    const told = await replaced(path, before, result);
    if (!quiet) writeError(`${visible(`${file}: ${told}`)}\n`);
  };
}

async function previousEntries(path: string, policies: readonly Policy[]): Promise<BaselineEntry[]> {
  if (await isMissing(path)) return [];
  const { readBaseline } = await import("../config/baseline.ts");
  const { entries } = await readBaseline({ path, from: FLAG }, { cwd: process.cwd(), policies });
  return [...entries];
}

async function replaced(path: string, before: readonly BaselineEntry[], result: Result): Promise<string> {
  const { renewedBaseline, baselineText } = await import("../gate/renewal.ts");
  const { entries, added, unjudged, dropped } = await renewedBaseline(before, result);
  if (entries.length > MOST) throw new TokenwardError("BASELINE_TOO_LARGE", { count: entries.length, limit: MOST });
  const text = [...baselineText(entries)].join("");
  const all = number(entries.length, "entry");
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return `unchanged, ${all}`;
  await deliver(Readable.from([text]), path);
  const counts = Object.entries({ "accepted now": added, "not judged and kept": unjudged, dropped });
  const told = counts.flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  return `${all}${told.length > 0 ? ` (${told.join(", ")})` : ""}`;
}

async function isMissing(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (cause: unknown) => isSystemError(cause) && cause.code === "ENOENT",
  );
}
