import { Command } from "commander";
import type { Part } from "../gate/parts.ts";
import { visible } from "../model/text.ts";
import { baselineWriter, type WriteOptions, withBaselineWriting } from "./baseline.ts";
import { readReport } from "./report.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";
import { writeError } from "./terminal.ts";

const INCOMPLETE = 3;
const FAULTS_TOLD = 20;

export function mergeCommand(): Command {
  const command = new Command("merge")
    .description("join the JSON reports of all shards of a run (--shard) into the report of the whole run")
    .argument("<report...>", "the reports of shard 1/N to N/N, written with --format json, in any order")
    .action(merge);
  return withBaselineWriting(withReports(command));
}

async function merge(files: string[], options: ReportOptions & WriteOptions): Promise<void> {
  const targets = targetsOf(options);
  const { mergeReports } = await import("../gate/merge.ts");
  const parts: Part[] = [];
  for (const file of files) parts.push(await partIn(file));
  const outcome = mergeReports(parts);
  if ("faults" in outcome) {
    writeError(refusal(outcome.faults));
    process.exitCode = INCOMPLETE;
    return;
  }
  const policies = outcome.result.head.policies.map(({ policy }) => policy);
  const writeBaseline = await baselineWriter(options, policies);
  await writeReports(outcome.result, targets, options);
  await writeBaseline(outcome.result);
  process.exitCode = outcome.result.head.gate.exit_code;
}

async function partIn(name: string): Promise<Part> {
  const { head, findings } = await readReport(name);
  const all: Part["findings"][number][] = [];
  for await (const finding of findings) all.push(finding);
  return { name, head, findings: all };
}

/** A run of which a part is missing is incomplete, not wrong: it ends with 3, and nothing is written that could pass for the whole. */
function refusal(faults: readonly string[]): string {
  const left = faults.length - FAULTS_TOLD;
  const told = [...faults.slice(0, FAULTS_TOLD), ...(left > 0 ? [`and ${left} more`] : [])];
  return [
    "not merged: these are not all the shards of one run\n",
    ...told.map((fault) => `  ${visible(fault)}\n`),
    "run what is missing or unlike again, with the same policies, configuration, input and --as-of\n",
  ].join("");
}
