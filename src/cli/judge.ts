import { createReadStream } from "node:fs";
import { Command, Option } from "commander";
import type { Format } from "../collect/file/source.ts";
import type { Config, ConfiguredSource } from "../model/config.ts";
import { TokenwardError } from "../model/errors.ts";
import { baselineWriter, type WriteOptions, withBaselineWriting } from "./baseline.ts";
import { configured, meansOf } from "./configured.ts";
import { type EvidenceOptions, reviewed, withEvidence } from "./evidence.ts";
import {
  asOfFrom,
  type ClockOptions,
  type ConfigOptions,
  type GateOptions,
  type RunOptions,
  withClock,
  withConfig,
  withGate,
  withRun,
} from "./options.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";

type Options = WriteOptions &
  ConfigOptions &
  ClockOptions &
  GateOptions &
  ReportOptions &
  RunOptions &
  EvidenceOptions & { inputFormat?: Format };

const inputFormats = ["ndjson", "json", "yaml", "csv"] as const satisfies readonly Format[];

export function judgeCommand(): Command {
  const command = new Command("judge")
    .description(
      "judge saved inventories instead of collecting; as of the inventory's own instant unless --as-of says otherwise",
    )
    .argument(
      "<inventory...>",
      "inventories that collect wrote, or token records as NDJSON, JSON, YAML or CSV; -: standard input",
    )
    .addOption(
      new Option(
        "--input-format <format>",
        "format of what is judged; default: by the file's ending, for - ndjson",
      ).choices(inputFormats),
    )
    .action(judge);
  const wished = withBaselineWriting(withGate(withClock(withConfig(command))));
  return withEvidence(withReports(withRun(wished)));
}

async function judge(inventories: string[], options: Options): Promise<void> {
  const targets = targetsOf(options);
  const run = await configured(options);
  const { suggested, stdin } = await instantOf(inventories, options.inputFormat);
  const means = { ...(await meansOf(run, asOfFrom(options, suggested), options)), stdin };
  const writeBaseline = await baselineWriter(options, run.bundle.manifest.policies, means.shard !== undefined);
  const config = reading(inventories, options.inputFormat, run.config);
  const result = await reviewed({ ...run, config }, means, options);
  await writeReports(result, targets, options);
  await writeBaseline(result);
  process.exitCode = result.head.gate.exit_code;
}

function reading(inventories: readonly string[], stated: Format | undefined, config: Config): Config {
  const value = inventories.map((path): ConfiguredSource => {
    const format = stated ?? (path === "-" ? "ndjson" : undefined);
    return { source: { use: "file", path, ...(format ? { format } : {}) }, root: process.cwd() };
  });
  return { ...config, sources: { value, source: "command line" } };
}

/** An inventory says as of when it was collected: judging it again gives the same answer on any day. */
async function instantOf(
  inventories: readonly string[],
  format: Format | undefined,
): Promise<{ suggested?: string; stdin: () => AsyncIterable<Uint8Array> }> {
  const [first = "-"] = inventories;
  if (!inventories.includes("-")) {
    const { head } = await peek(createReadStream(first));
    return { ...suggestion(head), stdin: () => process.stdin };
  }
  const { head, all } = await peek(process.stdin);
  const other = format ? undefined : otherFormat(head);
  if (other) throw new TokenwardError("STDIN_FORMAT", { format: other });
  return { ...suggestion(head), stdin: () => all };
}

const LONGEST_HEADER = 65_536;

/** The first line, and the whole stream again. A file that cannot be read is reported by its collector, with its place. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ head: string; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let head = "";
  while (!head.includes("\n") && head.length < LONGEST_HEADER) {
    const next = await iterator.next().catch(() => undefined);
    if (!next || next.done) break;
    seen.push(next.value);
    head += Buffer.from(next.value).toString("utf8");
  }
  async function* all(): AsyncIterable<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: head.split("\n", 1)[0] ?? "", all: all() };
}

/** The format that a first line shows a text to be in, where that is not NDJSON; a stream has no name that would tell. */
function otherFormat(line: string): Format | undefined {
  const text = line.replace(/^\uFEFF/, "").trim();
  if (/^(?:\[|\{$)/.test(text)) return "json";
  if (/^(?:---|#|- |\w+:(?:\s|$))/.test(text)) return "yaml";
  return /^(?:[^{]*,)?"?(?:kind|account)"?(?:,|$)/i.test(text) ? "csv" : undefined;
}

function suggestion(line: string): { suggested?: string } {
  const asOf = /^\{"header":.*"as_of":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(line)?.[1];
  return asOf ? { suggested: asOf } : {};
}
