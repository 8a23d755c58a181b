import { Command, Option } from "commander";
import { isGap } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { type InventoryFormatId, inventoryFormatIds } from "../report/inventory-registry.ts";
import { configFrom, world } from "./configured.ts";
import { headerFor } from "./inventory-header.ts";
import { asOfFrom, type ClockOptions, type ConfigOptions, withClock, withConfig } from "./options.ts";
import { deliver } from "./output.ts";
import { type ProgressOptions, progressFor, watching, withProgress } from "./progress.ts";
import { writeError } from "./terminal.ts";
import { callsTold, tokensIn, type WireOptions, wireFor, withWire } from "./wire.ts";

interface Options extends ConfigOptions, ClockOptions, WireOptions, ProgressOptions {
  format: InventoryFormatId;
  output: string;
  allowIncomplete?: boolean;
}

/** An inventory names people and systems: only its owner may read it. */
const PRIVATE = 0o600;

export function collectCommand(): Command {
  const command = new Command("collect")
    .description("collect tokens into an inventory, to be judged later")
    .addOption(
      new Option("-f, --format <format>", "format of the inventory").choices(inventoryFormatIds).default("ndjson"),
    )
    .option("-o, --output <file>", "write the inventory to a file; -: standard output", "-")
    .option("--allow-incomplete", "exit 0 also when something could not be read")
    .action(collectTokens);
  return withProgress(withWire(withClock(withConfig(command))));
}

async function collectTokens(options: Options): Promise<void> {
  const { collect } = await import("../collect/index.ts");
  const { inventoryWriter } = await import("../report/inventory-registry.ts");
  const config = await configFrom(options);
  const { wire, asOf } = await wireFor(options, config, (suggested) => asOfFrom(options, suggested));
  const { tallies, ...means } = world(wire);
  const header = headerFor(config, asOf);
  const tally: Seen = { tokens: 0, partial: 0, unread: 0, coverage: [] };
  const render = await inventoryWriter(options.format);
  // Lines that come while others are drawn would be written over them.
  const how = progressFor({ ...options, quiet: options.output === "-" && process.stdout.isTTY });
  await watching(config, { means: { asOf, ...means }, how }, (watched) => {
    const items = counted(collect(config.sources.value, watched), tally);
    return deliver(render(header, items), options.output, { mode: PRIVATE });
  });
  writeError(summary(tally));
  if (options.verbose) writeError(callsTold(tallies(), tokensIn(tally.coverage)));
  const isIncomplete = tally.tokens === 0 || tally.partial > 0 || tally.unread > 0;
  process.exitCode = isIncomplete && !options.allowIncomplete ? 3 : 0;
}

interface Seen {
  tokens: number;
  /** Tokens of which something could not be read. */
  partial: number;
  unread: number;
  coverage: Pick<Coverage, "source" | "items">[];
}

function summary({ tokens, partial, unread }: Seen): string {
  const parts = [
    `collected ${number(tokens, "token")}`,
    ...(partial > 0 ? [`fields of ${number(partial, "token")} denied or failed, see unknown there`] : []),
    ...(unread > 0 ? [`${number(unread, "read")} denied or failed, see the coverage lines`] : []),
    ...(tokens + unread === 0 ? ["nothing is there to judge"] : []),
  ];
  return `${parts.join("; ")}\n`;
}

async function* counted(items: AsyncIterable<Collected>, seen: Seen): AsyncIterable<Collected> {
  for await (const item of items) {
    if ("token" in item) {
      seen.tokens += 1;
      if (Object.values(item.token.unknown ?? {}).some(isGap)) seen.partial += 1;
    } else {
      const { source, outcome, items: given } = item.coverage;
      if (isGap(outcome)) seen.unread += 1;
      seen.coverage.push({ source, items: given });
    }
    yield item;
  }
}
