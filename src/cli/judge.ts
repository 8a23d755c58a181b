import { Command, Option } from "commander";
import type { Format } from "../collect/file/source.ts";
import { baselineWriter, type WriteOptions, withBaselineWriting } from "./baseline.ts";
import { configured, meansOf } from "./configured.ts";
import { type EvidenceOptions, reviewed, withEvidence } from "./evidence.ts";
import { instantOf, reading } from "./inventories.ts";
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
import { type ProgressOptions, progressFor, watching, withProgress } from "./progress.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";

type Options = WriteOptions &
  ConfigOptions &
  ClockOptions &
  GateOptions &
  ReportOptions &
  RunOptions &
  ProgressOptions &
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
  return withProgress(withEvidence(withReports(withRun(wished))));
}

async function judge(inventories: string[], options: Options): Promise<void> {
  const targets = targetsOf(options);
  const run = await configured(options);
  const { suggested, stdin } = await instantOf(inventories, options.inputFormat);
  const means = { ...(await meansOf(run, asOfFrom(options, suggested), options)), stdin };
  const writeBaseline = await baselineWriter(options, run.bundle.manifest.policies, means.shard !== undefined);
  const config = reading(inventories, options.inputFormat, run.config);
  const how = progressFor(options);
  const result = await watching(config, { means, how }, (watched) => reviewed({ ...run, config }, watched, options));
  await writeReports(result, targets, options);
  await writeBaseline(result);
  process.exitCode = result.head.gate.exit_code;
}
