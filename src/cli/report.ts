import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { TokenwardError } from "../model/errors.ts";
import type { Result } from "../model/flow.ts";
import { reasonOf } from "../model/system-error.ts";
import { baselineWriter, type WriteOptions, withBaselineWriting } from "./baseline.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";

interface Options extends ReportOptions, WriteOptions {
  allowIncomplete?: boolean;
}

export function reportCommand(): Command {
  const command = new Command("report")
    .description("tell a saved JSON report in another format; exits as the run did")
    .argument("<report>", "a report written with --format json")
    .option("--allow-incomplete", "write SARIF or a baseline also from an incomplete run")
    .action(retell);
  return withBaselineWriting(withReports(command));
}

async function retell(file: string, options: Options): Promise<void> {
  const targets = targetsOf(options);
  const saved = await readReport(file);
  const result = options.allowIncomplete ? allowed(saved) : saved;
  const { policies, shard } = result.head;
  const judged = policies.map(({ policy }) => policy);
  const writeBaseline = await baselineWriter(options, judged, shard !== undefined);
  await writeReports(result, targets, options);
  await writeBaseline(result);
  process.exitCode = result.head.gate.exit_code;
}

/** A saved report, checked against its schema. */
export async function readReport(file: string): Promise<Result> {
  const { parseReport } = await import("../model/report.ts");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new TokenwardError("REPORT_UNREADABLE", { file, reason: reasonOf(cause) }, { cause });
  });
  return parseReport(text, file);
}

function allowed({ head, findings }: Result): Result {
  return { head: { ...head, gate: { ...head.gate, allow_incomplete: true } }, findings };
}
