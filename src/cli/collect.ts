import { Command } from "commander";
import type { ConfiguredSource } from "../model/config.ts";
import type { Collected } from "../model/flow.ts";
import { maskSecrets } from "../model/mask.ts";
import { world } from "./configured.ts";
import { asOfFrom, type ClockOptions, type ConfigOptions, flagsOf, withClock, withConfig } from "./options.ts";
import { deliver } from "./output.ts";
import { writeError } from "./terminal.ts";
import { tool } from "./version.ts";

interface Options extends ConfigOptions, ClockOptions {
  output: string;
  allowIncomplete?: boolean;
}

/** An inventory names people and systems: only its owner may read it. */
const PRIVATE = 0o600;

export function collectCommand(): Command {
  const command = new Command("collect")
    .description("collect tokens into an inventory, to be judged later")
    .option("-o, --output <file>", "write the inventory to a file; -: standard output", "-")
    .option("--allow-incomplete", "exit 0 also when something could not be read")
    .action(collectTokens);
  return withClock(withConfig(command));
}

async function collectTokens(options: Options): Promise<void> {
  const { loadConfig } = await import("../config/load.ts");
  const { loadAbout } = await import("../judge/bundle.ts");
  const { collect } = await import("../collect/index.ts");
  const { writeInventory } = await import("../model/inventory.ts");
  const { cwd, env, ...rest } = world();
  const asOf = asOfFrom(options);
  const config = await loadConfig({ cwd, env, flags: flagsOf(options), about: loadAbout });
  const header = {
    schema_version: 1 as const,
    tool,
    as_of: asOf,
    sources: config.sources.value.map(sourceOf),
  };
  const tally = { tokens: 0, unread: 0 };
  const items = counted(collect(config.sources.value, { cwd, env, asOf, ...rest }), tally);
  await deliver(writeInventory(header, items), options.output, { mode: PRIVATE });
  writeError(summary(tally));
  const isIncomplete = tally.tokens === 0 || tally.unread > 0;
  process.exitCode = isIncomplete && !options.allowIncomplete ? 3 : 0;
}

function summary({ tokens, unread }: { tokens: number; unread: number }): string {
  const gaps =
    unread > 0 ? `; ${unread} ${unread === 1 ? "read" : "reads"} denied or failed, see the coverage lines` : "";
  return `collected ${tokens} ${tokens === 1 ? "token" : "tokens"}${gaps}\n`;
}

function sourceOf({ source }: ConfiguredSource): { use: string; account?: string; path?: string } {
  const { use, account, path } = source;
  return {
    use,
    ...(typeof account === "string" ? { account: maskSecrets(account) } : {}),
    ...(typeof path === "string" ? { path: maskSecrets(path) } : {}),
  };
}

async function* counted(
  items: AsyncIterable<Collected>,
  tally: { tokens: number; unread: number },
): AsyncIterable<Collected> {
  for await (const item of items) {
    if ("token" in item) tally.tokens += 1;
    else if (item.coverage.outcome === "denied" || item.coverage.outcome === "failed") tally.unread += 1;
    yield item;
  }
}
