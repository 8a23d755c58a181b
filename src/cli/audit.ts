import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { Command, InvalidArgumentError, Option } from "commander";
import { counted, kept } from "../audit/kept.ts";
import { type Holder, locked } from "../audit/lock.ts";
import { EVIDENCE, type Found, folderName, PAGE, prune, RUN, runsIn } from "../audit/runs.ts";
import type { AuditRun } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Result } from "../model/flow.ts";
import { makeFolder } from "../model/folder.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { byText, visible } from "../model/text.ts";
import { changesText, renderAuditIndex, renderAuditRun } from "../report/audit-page.ts";
import { formatIds, formats } from "../report/registry.ts";
import type { Means } from "../review.ts";
import { type Configured, configured, meansOf } from "./configured.ts";
import { reviewed, withEvidenceKey } from "./evidence.ts";
import {
  asOfFrom,
  type ClockOptions,
  type ConfigOptions,
  type GateOptions,
  wholeNumber,
  withClock,
  withConfig,
  withGate,
} from "./options.ts";
import { deliver } from "./output.ts";
import { type ProgressOptions, progressFor, watching, withProgress } from "./progress.ts";
import { writeReports } from "./reports.ts";
import { write, writeError } from "./terminal.ts";
import { type WireOptions, wireFor, withWire } from "./wire.ts";

interface Options extends ConfigOptions, ClockOptions, GateOptions, WireOptions, ProgressOptions {
  dir: string;
  keep: number;
  report?: string[];
  jobs?: number;
  evidenceKey?: string;
  quiet?: boolean;
}

const REPORTS = ["html", "json", "markdown", "owners"];
const KEPT = 30;
const UNFINISHED = ".tokenward-tmp-audit-";

export function auditCommand(): Command {
  const command = new Command("audit")
    .description(
      "collect, judge, keep evidence and reports in a folder of the day, and tell what changed since the last",
    )
    .addOption(new Option("--dir <folder>", "folder of all audits").default("audits"))
    .addOption(new Option("--keep <n>", "how many audits stay in the folder").argParser(wholeNumber).default(KEPT))
    .option("--report <format>", `a report to write; may be repeated (default: ${REPORTS.join(", ")})`, collectFormats)
    .option("-j, --jobs <n>", "threads at work; default: one for each core", wholeNumber)
    .option("-q, --quiet", "print nothing but errors")
    .action(audit);
  return withProgress(withWire(withEvidenceKey(withGate(withClock(withConfig(command))))));
}

async function audit(options: Options): Promise<void> {
  const run = await configured(options);
  const { wire, asOf } = await wireFor(options, run.config, (suggested) => asOfFrom(options, suggested));
  const { tallies: _, ...means } = await meansOf(run, asOf, { ...options, wire });
  const dir = resolve(options.dir);
  await told(dir, makeFolder(dir, { mode: 0o700 }));
  const unlock = await locked(dir, holder());
  try {
    process.exitCode = await audited(dir, run, { means, options });
  } finally {
    await unlock();
  }
}

/** One audit in a folder that is ours alone for now; the folder of the run appears whole or not at all. */
async function audited(
  dir: string,
  run: Configured,
  { means, options }: { means: Means; options: Options },
): Promise<number> {
  const folder = folderName(means.asOf);
  if (existsSync(join(dir, folder))) throw new TokenwardError("AUDIT_PRESENT", { folder: join(options.dir, folder) });
  await sweep(dir);
  const temporary = await told(dir, mkdtemp(join(dir, UNFINISHED)));
  try {
    const evidence = join(temporary, EVIDENCE);
    const { evidenceKey } = options;
    const keeping = { evidence, ...(evidenceKey === undefined ? {} : { evidenceKey }) };
    const how = progressFor(options);
    const result = await watching(run.config, { means, how }, (watched) => reviewed(run, watched, keeping));
    const reports = await reportsIn(temporary, result, options);
    const { changesSince } = await import("./audit-changes.ts");
    const found = await runsIn(dir);
    const changes = await changesSince(dir, found, { folder, evidence, result });
    const about = aboutRun(folder, result, { reports, changes });
    await deliver(Readable.from([`${JSON.stringify(kept(about), null, 1)}\n`]), join(temporary, RUN));
    await deliver(Readable.from([renderAuditRun(about)]), join(temporary, PAGE));
    await told(dir, rename(temporary, join(dir, folder)));
    await closed(dir, { about, found }, options);
    return result.head.gate.exit_code;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Only once the new one is in its place, old ones go. */
async function closed(
  dir: string,
  { about, found: { runs: before, unreadable } }: { about: AuditRun; found: Found },
  { keep, quiet, dir: named }: Options,
): Promise<void> {
  const all = [...before, about].sort((one, other) => byText(one.folder, other.folder));
  const { removed, spared } = await prune(dir, all, { keep, newest: about.folder });
  const runs = all.filter(({ folder }) => !removed.includes(folder));
  const list = `${JSON.stringify({ schema_version: 1, runs: runs.map(counted) }, null, 1)}\n`;
  await deliver(Readable.from([list]), join(dir, "index.json"), { mode: 0o600 });
  await deliver(Readable.from([renderAuditIndex(runs)]), join(dir, PAGE), { mode: 0o600 });
  for (const folder of spared)
    writeError(`not removed: ${visible(join(named, folder))}, because there is more in it than an audit writes\n`);
  for (const { folder, reason } of unreadable)
    writeError(`not listed: ${visible(join(named, folder))}, because ${visible(reason)}\n`);
  if (!quiet) await write(closing(join(named, about.folder, PAGE), about));
}

/** Where it is and what changed; and why that may not be all. */
function closing(page: string, { changes }: AuditRun): string {
  const lines = [`${page}: ${changesText(changes)}`, ...(changes.doubts ?? [])];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

function aboutRun(
  folder: string,
  { head: { tool, as_of, gate, summary } }: Result,
  { reports, changes }: Pick<AuditRun, "reports" | "changes">,
): AuditRun {
  return { schema_version: 1, folder, tool, as_of, outcome: { gate, summary }, reports, changes };
}

async function reportsIn(
  folder: string,
  result: Result,
  { report = REPORTS, quiet }: Options,
): Promise<AuditRun["reports"]> {
  const files = [...new Set(report)].map((format) => ({ format, file: `report.${extensionOf(format)}` }));
  const targets = files.map(({ format, file }) => ({ format, file: join(folder, file) }));
  await writeReports(result, targets, { color: "never", ...(quiet ? { quiet } : {}) });
  // Code scanning gets none of an incomplete run.
  return files.filter(({ file }) => existsSync(join(folder, file)));
}

function extensionOf(format: string): string {
  return formats.find(({ id }) => id === format)?.extension ?? format;
}

/** What an audit left that was killed; nobody else is at work here. */
async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir))
    if (name.startsWith(UNFINISHED)) await rm(join(dir, name), { recursive: true, force: true });
}

async function told<Made>(target: string, work: Promise<Made>): Promise<Made> {
  return work.catch((cause: unknown) => {
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("OUTPUT_FAILED", { target, reason: reasonOf(cause) }, { cause });
  });
}

function holder(): Holder {
  return { pid: process.pid, host: hostname(), now: Date.now(), isAlive };
}

/** Who may not be asked is there all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isSystemError(error) || error.code !== "ESRCH";
  }
}

function collectFormats(text: string, earlier: string[] = []): string[] {
  if (formatIds.some((id) => id === text)) return [...earlier, text];
  throw new InvalidArgumentError(`Write one of ${formatIds.join(", ")}.`);
}
