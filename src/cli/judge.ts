import { createReadStream } from "node:fs";
import { Command } from "commander";
import type { Config, ConfiguredSource } from "../model/config.ts";
import { configured, meansOf } from "./configured.ts";
import {
  asOfFrom,
  type ClockOptions,
  type ConfigOptions,
  type GateOptions,
  withClock,
  withConfig,
  withGate,
} from "./options.ts";
import { type ReportOptions, targetsOf, withReports, writeReports } from "./reports.ts";

type Options = ConfigOptions & ClockOptions & GateOptions & ReportOptions;

export function judgeCommand(): Command {
  const command = new Command("judge")
    .description(
      "judge saved inventories instead of collecting; as of the inventory's own instant unless --as-of says otherwise",
    )
    .argument(
      "<inventory...>",
      "NDJSON inventories, or token records as NDJSON, JSON, YAML or CSV; -: standard input (NDJSON)",
    )
    .action(judge);
  return withReports(withGate(withClock(withConfig(command))));
}

async function judge(inventories: string[], options: Options): Promise<void> {
  const targets = targetsOf(options);
  const { review } = await import("../review.ts");
  const run = await configured(options);
  const { suggested, stdin } = await instantOf(inventories);
  const means = { ...meansOf(run, asOfFrom(options, suggested)), stdin };
  const result = await review(reading(inventories, run.config), means);
  await writeReports(result, targets, options);
  process.exitCode = result.head.gate.exit_code;
}

function reading(inventories: readonly string[], config: Config): Config {
  const value = inventories.map((path): ConfiguredSource => {
    const source = path === "-" ? { use: "file" as const, path, format: "ndjson" } : { use: "file" as const, path };
    return { source, root: process.cwd() };
  });
  return { ...config, sources: { value, source: "command line" } };
}

/** An inventory says as of when it was collected: judging it again gives the same answer on any day. */
async function instantOf(
  inventories: readonly string[],
): Promise<{ suggested?: string; stdin: () => AsyncIterable<Uint8Array> }> {
  const [first = "-"] = inventories;
  if (!inventories.includes("-")) {
    const { head } = await peek(createReadStream(first));
    return { ...suggestion(head), stdin: () => process.stdin };
  }
  const { head, all } = await peek(process.stdin);
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

function suggestion(line: string): { suggested?: string } {
  const asOf = /^\{"header":.*"as_of":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(line)?.[1];
  return asOf ? { suggested: asOf } : {};
}
