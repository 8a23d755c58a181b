import { Command, InvalidArgumentError } from "commander";
import type { Diagnosis, Finding } from "../collect/diagnose.ts";
import type { ConfiguredSource } from "../model/config.ts";
import { at, TokenwardError } from "../model/errors.ts";
import { number } from "../model/number.ts";
import { counts } from "../report/counts.ts";
import { configFrom, world } from "./configured.ts";
import { aligned } from "./layout.ts";
import { asOfFrom, type ConfigOptions, withConfigFile, withFormat } from "./options.ts";
import { columns, write } from "./terminal.ts";

interface Options extends ConfigOptions {
  source?: number;
  format: "table" | "json";
  failOnWarn?: boolean;
}

const WIDEST = 140;

const EXIT_CODES = `Exit codes:
  0   nothing that a run needs is missing; what is too much or shows only in a run is a warning
  2   usage or configuration error; nothing was checked
  3   something that a run needs is missing or gave no usable answer; with --fail-on-warn also for a warning`;

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("check each source's credential, what it reaches, and rights missing or too many, without listing")
    .option("--source <n>", "only this one, counted from 1 in the order of the configuration", sourceNumber)
    .option("--fail-on-warn", "exit 3 also for rights too many and for what could not be known")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(examine);
  return withFormat(withConfigFile(command));
}

/** What is missing or gave no answer fails a pipeline; warnings do only where that is asked for. */
export function exitCode({ missing, failed, extra, unknown }: Summary, failOnWarn: boolean): 0 | 3 {
  return missing + failed > 0 || (failOnWarn && extra + unknown > 0) ? 3 : 0;
}

async function examine({ source, format, failOnWarn = false, ...options }: Options): Promise<void> {
  const { diagnose } = await import("../collect/diagnose.ts");
  const means = { ...world({}), asOf: asOfFrom({}) };
  const config = await configFrom(options);
  requireSource(config.sources.value, source);
  const diagnoses: Diagnosis[] = [];
  for await (const diagnosis of diagnose(config.sources.value, means, source)) {
    diagnoses.push(diagnosis);
    if (format === "table") await write(`${section(diagnosis, Math.min(columns(), WIDEST))}\n`);
  }
  const summary = summaryOf(diagnoses);
  const code = exitCode(summary, failOnWarn);
  if (format === "table") await write(`${closing(diagnoses, summary)}; exit ${code}\n`);
  else await write(`${JSON.stringify(documentOf(diagnoses, summary, code), null, 2)}\n`);
  process.exitCode = code;
}

type Summary = Record<Finding["outcome"], number>;

function requireSource({ length: count }: readonly ConfiguredSource[], wanted: number | undefined): void {
  if (wanted !== undefined && wanted > count) throw new TokenwardError("SOURCE_UNKNOWN", { wanted, count });
}

function summaryOf(diagnoses: readonly Diagnosis[]): Summary {
  const summary: Summary = { ok: 0, missing: 0, failed: 0, extra: 0, unknown: 0, note: 0 };
  for (const { checks } of diagnoses) for (const { outcome } of checks) summary[outcome] += 1;
  return summary;
}

function section({ number: count, use, position, checks }: Diagnosis, width: number): string {
  const rows = checks.map(({ outcome, subject, detail, remedy }) => {
    return [`  ${outcome}`, subject, remedy === undefined ? detail : `${detail}; to fix: ${remedy}`];
  });
  return `${count}  ${use}${position ? `  (${at(position)})` : ""}\n${aligned(rows, width)}`;
}

function closing(diagnoses: readonly Diagnosis[], { note: _, ...asked }: Summary): string {
  return `${number(diagnoses.length, "source")}: ${counts(asked) || "nothing to check"}`;
}

function documentOf(diagnoses: readonly Diagnosis[], summary: Summary, exit_code: number): object {
  const sources = diagnoses.map(({ position, ...rest }) => ({ ...rest, ...(position ? { location: position } : {}) }));
  return { schema_version: 1, exit_code, summary, sources };
}

function sourceNumber(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1.");
}
