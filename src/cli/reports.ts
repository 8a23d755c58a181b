import { type Command, InvalidArgumentError, Option } from "commander";
import { TokenwardError } from "../model/errors.ts";
import type { Result } from "../model/flow.ts";
import { visible } from "../model/text.ts";
import { type Grouping, groupings } from "../report/grouping.ts";
import { formatIds, reporter } from "../report/registry.ts";
import type { RenderOptions } from "../report/reporter.ts";
import { deliver } from "./output.ts";
import { type ColourWish, columns, wantsColour, wantsPlain, writeError } from "./terminal.ts";

export interface ReportOptions {
  format?: string;
  output?: string;
  report?: Target[];
  color: ColourWish;
  sarifCategory?: string;
  sarifIncludeSuppressed?: boolean;
  quiet?: boolean;
  groupBy?: Grouping;
  plain?: boolean;
}

interface Target {
  format: string;
  file: string;
}

const COLUMNS_IN_FILES = 100;

/** Which reports to write, and where. */
export function withReports(command: Command): Command {
  return command
    .addOption(new Option("-f, --format <format>", "format of the main report (default: table)").choices(formatIds))
    .option("-o, --output <file>", "write the main report to a file; -: standard output")
    .option("--report <format=file>", "write one more report; may be repeated", collectTargets)
    .option("--sarif-category <name>", "category of the SARIF run")
    .option(
      "--sarif-include-suppressed",
      "keep what is waived or in the baseline in SARIF; GitHub would open it as alerts",
    )
    .addOption(new Option("--group-by <what>", "group failures in the table and in Markdown by").choices(groupings))
    .option("--plain", "the table as sentences, one a line, for screen readers; also TOKENWARD_PLAIN=1 and TERM=dumb")
    .addOption(new Option("--color <when>", "colour the table").choices(["auto", "always", "never"]).default("auto"))
    .option("-q, --quiet", "no summary on standard error where the main report goes to a file or is annotations");
}

/** The targets asked for; without a single word about reports, the table on standard output. */
export function targetsOf({ format = "table", output = "-", report = [] }: ReportOptions): Target[] {
  const targets = [{ format, file: output }, ...report];
  const twice = targets.map(({ file }) => file).find((file, index, files) => files.indexOf(file) !== index);
  if (twice !== undefined)
    throw new TokenwardError("OUTPUT_TWICE", { target: twice === "-" ? "standard output" : twice });
  return targets;
}

/** Renders one result in every format asked for. */
export async function writeReports(result: Result, targets: readonly Target[], options: ReportOptions): Promise<void> {
  let isTold = false;
  for (const { format, file } of targets) {
    const doubt = format === "sarif" ? doubtFor(result) : undefined;
    if (doubt) {
      writeError(`not written: sarif to ${file === "-" ? "standard output" : file}. ${doubt}\n`);
      continue;
    }
    const { render, isAnnotation = false } = await reporter(format);
    await deliver(render(result, renderOptions(file, options)), file);
    isTold ||= file === "-" && !isAnnotation;
  }
  if (!options.quiet && !isTold) writeError(await summary(result));
}

/** Where nothing that says it is printed, the one line that says how it went. */
async function summary({ head }: Result): Promise<string> {
  const { summaryLine } = await import("../report/summary.ts");
  return `${visible(summaryLine(head, columns()))}\n`;
}

/** Why code scanning must not get this result: it would close the alerts of everything that is not in it. */
function doubtFor({ head: { gate, shard } }: Result): string | undefined {
  if (shard)
    return "This is one part of a run, and code scanning would close the alerts of the others; merge them first";
  if (!gate.incomplete || gate.allow_incomplete) return undefined;
  return "The run is incomplete, and code scanning would close the alerts of what was not read; --allow-incomplete writes it all the same";
}

function renderOptions(
  file: string,
  { color, sarifCategory, sarifIncludeSuppressed = false, groupBy, plain }: ReportOptions,
): RenderOptions {
  const screen =
    file === "-" ? { colour: wantsColour(color), columns: columns() } : { colour: false, columns: COLUMNS_IN_FILES };
  const people = { plain: plain ?? wantsPlain(file === "-"), ...(groupBy ? { groupBy } : {}) };
  return { ...screen, ...people, sarifIncludeSuppressed, ...(sarifCategory === undefined ? {} : { sarifCategory }) };
}

function collectTargets(text: string, earlier: Target[] = []): Target[] {
  const [format = "", ...rest] = text.split("=");
  const file = rest.join("=");
  if (!formatIds.some((id) => id === format) || file === "") {
    throw new InvalidArgumentError(`Write FORMAT=FILE, where FORMAT is one of ${formatIds.join(", ")}.`);
  }
  return [...earlier, { format, file }];
}
