import { type Command, InvalidArgumentError, Option } from "commander";
import type { Config } from "../model/config.ts";
import type { Coverage } from "../model/documents.gen.ts";
import { formatDuration, parseDuration } from "../model/duration.ts";
import { number } from "../model/number.ts";
import type { World } from "../net/exchange.ts";
import type { Tally } from "../net/http.ts";
import type { Mode } from "../net/keeping.ts";

export interface WireOptions extends Partial<Record<Mode, string>> {
  /** Milliseconds. */
  maxWait?: number;
  verbose?: boolean;
}

/** How the network is used in one run. */
export type Wire = Pick<World, "keeping" | "limits">;

const MODES: Readonly<Record<Mode, string>> = {
  record: "keep every answer of live sources in this folder, without secrets",
  resume: "the same, but ask nothing again that the folder has an answer to",
  replay: "read live sources from this folder, and ask nothing of the network",
};
const modes = Object.keys(MODES) as Mode[];

/** How live sources are asked. */
export function withWire(command: Command): Command {
  for (const mode of modes) command.addOption(modeOption(mode));
  return command
    .option(
      "--max-wait <duration>",
      "longest wait for a provider's rate limit, for each request (default: 15m)",
      duration,
    )
    .option("-v, --verbose", "tell on standard error how often each live source was asked");
}

/** For commands that may read what was recorded, but do not ask. */
export function withReplay(command: Command): Command {
  return command.addOption(modeOption("replay"));
}

/** The network of a run, and the run's instant: a folder of kept answers suggests its own. */
export async function wireFor(
  options: WireOptions,
  { sources }: Pick<Config, "sources">,
  asOf: (suggested?: string) => string,
): Promise<{ wire: Wire; asOf: string }> {
  const limits = options.maxWait === undefined ? {} : { limits: { wait: options.maxWait } };
  const mode = modes.find((one) => options[one] !== undefined);
  const folder = mode && options[mode];
  if (mode === undefined || folder === undefined) return { wire: limits, asOf: asOf() };
  const { openKeeping } = await import("../net/keeping.ts");
  const opened = await openKeeping(
    { mode, folder },
    sources.value.map(({ source }) => source),
    asOf,
  );
  return { wire: { ...limits, keeping: opened.keeping }, asOf: opened.asOf };
}

/** What `--verbose` tells: one line for each source that was asked over the network. */
export function callsTold(tallies: ReadonlyMap<string, Tally>, tokens: ReadonlyMap<string, number>): string {
  return [...tallies].map(([source, tally]) => `${source}: ${told(tally, tokens.get(source) ?? 0)}\n`).join("");
}

/** How many tokens each source gave. */
export function tokensIn(coverage: readonly Pick<Coverage, "source" | "items">[]): Map<string, number> {
  const tokens = new Map<string, number>();
  for (const { source, items } of coverage) tokens.set(source, (tokens.get(source) ?? 0) + items);
  return tokens;
}

function told({ requests, retries, waited }: Tally, tokens: number): string {
  const calls = tokens === 0 ? "no tokens" : `${((requests * 1_000) / tokens).toFixed(1)} calls per 1,000 tokens`;
  const wait = `waited ${formatDuration(Math.round(waited / 1_000))} for rate limits`;
  return [number(requests, "request"), number(retries, "retry"), wait, calls].join(", ");
}

function modeOption(mode: Mode): Option {
  const others = modes.filter((one) => one !== mode);
  return new Option(`--${mode} <folder>`, MODES[mode]).conflicts(others);
}

const FIVE_MINUTES = 300_000;

/** How long one hand-over may take. */
export function withTimeout(command: Command, doc: string): Command {
  const option = new Option("--timeout <duration>", doc).argParser(duration);
  return command.addOption(option.default(FIVE_MINUTES, "5m"));
}

function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds * 1_000;
  throw new InvalidArgumentError("Write a duration such as 30m, 2h or PT2H.");
}
