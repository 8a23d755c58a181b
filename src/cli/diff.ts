import { createReadStream } from "node:fs";
import { Command, Option } from "commander";
import type { Diff, DiffSide } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Collected, Result } from "../model/flow.ts";
import { reasonOf } from "../model/system-error.ts";
import { scratch, world } from "./configured.ts";
import { deliver } from "./output.ts";
import { openReport } from "./report-lines.ts";
import { columns, writeError } from "./terminal.ts";
import { tool } from "./version.ts";

interface Options {
  format: "table" | "json" | "markdown";
  output: string;
  failOnWidened?: boolean;
  allowIncomplete?: boolean;
}

/** An inventory names people and systems: only its owner may read what differs. */
const PRIVATE = 0o600;
const WIDEST = 120;
const INCOMPLETE = 3;

export function diffCommand(): Command {
  return new Command("diff")
    .description("what is different between two inventories or two JSON reports")
    .argument(
      "<old>",
      "an inventory that collect wrote or a file of token records, or a report written with --format json",
    )
    .argument("<new>", "another of the same sort, from later")
    .addOption(
      new Option("-f, --format <format>", "how to print it").choices(["table", "json", "markdown"]).default("table"),
    )
    .option("-o, --output <file>", "write it to a file; -: standard output", "-")
    .option("--fail-on-widened", "exit 1 where a token allows more than before")
    .option("--allow-incomplete", "exit 0 also where something could not be read on one side")
    .action(tellDiff);
}

async function tellDiff(old: string, now: string, options: Options): Promise<void> {
  const [before, after] = [await lookedAt(old), await lookedAt(now)];
  if (before.isReport !== after.isReport) throw new TokenwardError("DIFF_UNLIKE", { old, new: now });
  if (before.isReport && options.failOnWidened) throw new TokenwardError("DIFF_OF_REPORTS", {});
  const found = before.isReport ? await ofReports(old, now) : await ofInventories(before.side, after.side);
  const diff: Diff = { schema_version: 1, tool, ...found };
  await deliver(await rendered(diff, options), options.output, { mode: PRIVATE });
  process.exitCode = exitCode(diff, options);
  if (diff.incomplete && !options.allowIncomplete && options.output !== "-")
    writeError("incomplete: not everything was read on both sides, see what is unknown there\n");
}

function exitCode({ incomplete, summary }: Diff, { failOnWidened, allowIncomplete }: Options): number {
  if (failOnWidened && (summary.widened ?? 0) > 0) return 1;
  return incomplete && !allowIncomplete ? INCOMPLETE : 0;
}

async function ofReports(old: string, now: string): Promise<Omit<Diff, "schema_version" | "tool">> {
  const { diffReports } = await import("../diff/reports.ts");
  const [before, after] = [await wholeReport(old), await wholeReport(now)];
  const sides = { old: { file: old, as_of: before.head.as_of }, new: { file: now, as_of: after.head.as_of } };
  return { ...sides, ...(await diffReports(before, after, scratch)) };
}

async function wholeReport(file: string): Promise<Result> {
  const report = await openReport(file);
  if (report.head.shard) throw new TokenwardError("DIFF_OF_SHARDS", { file });
  return report;
}

async function ofInventories(old: DiffSide, now: DiffSide): Promise<Omit<Diff, "schema_version" | "tool">> {
  const { collect } = await import("../collect/index.ts");
  const { diffInventories } = await import("../diff/inventories.ts");
  const { tallies: _, ...means } = world({});
  const read = ({ file, as_of = FAR_AWAY }: DiffSide): AsyncIterable<Collected> =>
    collect([{ source: { use: "file", path: file }, root: process.cwd() }], { asOf: as_of, ...means });
  return { old, new: now, ...(await diffInventories({ old: read(old), new: read(now) }, scratch)) };
}

/** Files need no instant to be read. */
const FAR_AWAY = "1970-01-01T00:00:00Z";
const LONGEST_HEADER = 65_536;

/** What the beginning of a file says of it. */
async function lookedAt(file: string): Promise<{ isReport: boolean; side: DiffSide }> {
  let head = "";
  try {
    for await (const chunk of createReadStream(file, { end: LONGEST_HEADER }) as AsyncIterable<Buffer>)
      head += chunk.toString("utf8");
  } catch (cause) {
    throw new TokenwardError("FILE_UNREADABLE", { path: file, reason: reasonOf(cause) }, { cause });
  }
  const asOf = /^\uFEFF?\{"header":[^\n]*"as_of":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(head)?.[1];
  return {
    isReport: /^\uFEFF?\s*\{\s*"schema_version"\s*:/.test(head),
    side: { file, ...(asOf === undefined ? {} : { as_of: asOf }) },
  };
}

async function rendered(diff: Diff, { format, output }: Options): Promise<AsyncIterable<string>> {
  if (format === "json") {
    const { renderDiffJson } = await import("../report/diff-json.ts");
    return renderDiffJson(diff);
  }
  if (format === "markdown") return pieces((await import("../report/diff-markdown.ts")).renderDiffMarkdown(diff));
  const width = output === "-" ? Math.min(columns(), WIDEST) : WIDEST;
  return pieces((await import("../report/diff-table.ts")).renderDiffTable(diff, width));
}

async function* pieces(texts: Iterable<string>): AsyncIterable<string> {
  yield* texts;
}
