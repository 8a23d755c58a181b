import { Command } from "commander";
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
import { type ProgressOptions, progressFor, watching, withProgress } from "./progress.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";
import { writeError } from "./terminal.ts";
import { callsTold, tokensIn, type WireOptions, wireFor, withWire } from "./wire.ts";

type Options = WriteOptions &
  ConfigOptions &
  ClockOptions &
  GateOptions &
  ReportOptions &
  RunOptions &
  WireOptions &
  ProgressOptions &
  EvidenceOptions;

export function checkCommand(): Command {
  const command = new Command("check")
    .description("collect tokens, judge them and report; without a configuration: the workflows of this repository")
    .action(check);
  const wished = withBaselineWriting(withGate(withClock(withConfig(command))));
  return withProgress(withWire(withEvidence(withReports(withRun(wished)))));
}

async function check(options: Options): Promise<void> {
  const targets = targetsOf(options);
  const run = await configured(options);
  const { wire, asOf } = await wireFor(options, run.config, (suggested) => asOfFrom(options, suggested));
  const { tallies, ...means } = await meansOf(run, asOf, { ...options, wire });
  const writeBaseline = await baselineWriter(options, run.bundle.manifest.policies, means.shard !== undefined);
  const how = progressFor(options);
  const result = await watching(run.config, { means, how }, (watched) => reviewed(run, watched, options));
  await writeReports(result, targets, options);
  await writeBaseline(result);
  if (options.verbose) writeError(callsTold(tallies(), tokensIn(result.head.coverage)));
  process.exitCode = result.head.gate.exit_code;
}
