import { Command } from "commander";
import { configured, meansOf } from "./configured.ts";
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

type Options = ConfigOptions & ClockOptions & GateOptions & ReportOptions & RunOptions;

export function checkCommand(): Command {
  const command = new Command("check")
    .description("collect tokens, judge them and report; without a configuration: the workflows of this repository")
    .action(check);
  return withReports(withRun(withGate(withClock(withConfig(command)))));
}

async function check(options: Options): Promise<void> {
  const targets = targetsOf(options);
  const { review } = await import("../review.ts");
  const run = await configured(options);
  const result = await review(run.config, await meansOf(run, asOfFrom(options), options));
  await writeReports(result, targets, options);
  process.exitCode = result.head.gate.exit_code;
}
