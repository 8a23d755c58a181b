import { type Command, InvalidArgumentError, Option } from "commander";
import { profiles, thresholds } from "../config/choices.ts";
import type { Flags } from "../config/load.ts";
import { wholeDays } from "../model/duration.ts";
import { TokenwardError } from "../model/errors.ts";
import { instantAt, parseInstant } from "../model/instant.ts";
import type { Shard } from "../model/shard.ts";
import { withShard } from "./shard.ts";

export interface ConfigOptions {
  config?: string | false;
  profile?: string;
}

export interface ClockOptions {
  asOf?: string;
}

export interface GateOptions {
  failOn?: string;
  allowIncomplete?: boolean;
  register?: string;
  waivers?: string;
  baseline?: string;
  baselineMaxAge?: number;
}

/** Which configuration to use, and under which profile. */
export function withConfig(command: Command): Command {
  return withConfigFile(command).addOption(
    new Option("--profile <name>", "the set of numbers to start from; default: as configured, else default").choices(
      profiles,
    ),
  );
}

/** Which configuration to use, where its numbers do not matter. */
export function withConfigFile(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration; default: TOKENWARD_CONFIG, else tokenward.yaml here or above")
    .option("--no-config", "use no configuration file");
}

/** A page for people, or a document for programs. */
export function withFormat(command: Command): Command {
  return command.addOption(
    new Option("-f, --format <format>", "how to print it").choices(["table", "json"]).default("table"),
  );
}

/** The instant that stands for now. */
export function withClock(command: Command): Command {
  return command.option("--as-of <instant>", "judge as of this RFC 3339 instant; default: now", instant);
}

/** What fails the run. */
export function withGate(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--fail-on <severity>",
        "lowest severity that fails the run; default: as configured, else high",
      ).choices(thresholds),
    )
    .option("--allow-incomplete", "do not fail a run only because something could not be read")
    .option("--register <path>", REGISTER)
    .option("--waivers <file>", WAIVERS)
    .option("--baseline <file>", BASELINE)
    .option("--baseline-max-age <days>", "days that an entry of the baseline counts; default: for good", dayCount);
}

/** What is said of the register, by every command that takes one. */
export const REGISTER = "register of tokens, a file or a folder; default: as configured, else none";

/** What is said of the file of waivers, by every command that takes one. */
export const WAIVERS = "file of waivers; default: as configured, else none";

/** The same of the baseline. */
export const BASELINE = "file of findings accepted as known; default: as configured, else none";

function dayCount(text: string): number {
  const days = wholeDays(text);
  if (days !== undefined) return days;
  throw new InvalidArgumentError("Write a number of days, such as 90 or 90d.");
}

/** The options as the configuration takes them: only what was given. */
export function flagsOf(options: ConfigOptions & GateOptions): Flags {
  const { config, profile, failOn, allowIncomplete, register, waivers, baseline, baselineMaxAge } = options;
  return {
    ...(typeof config === "string" ? { config } : {}),
    ...(config === false ? { noConfig: true } : {}),
    ...(profile === undefined ? {} : { profile }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(allowIncomplete === undefined ? {} : { allowIncomplete }),
    ...(register === undefined ? {} : { register }),
    ...(waivers === undefined ? {} : { waivers }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(baselineMaxAge === undefined ? {} : { baselineMaxAge }),
  };
}

/** The as-of instant: the flag, else TOKENWARD_AS_OF, else what the input suggests, else the clock; read here and nowhere else. */
export function asOfFrom({ asOf }: ClockOptions, suggested?: string): string {
  if (asOf) return asOf;
  const stated = process.env.TOKENWARD_AS_OF;
  if (!stated) return suggested ?? instantAt(Date.now());
  const parsed = parseInstant(stated);
  if ("fault" in parsed) throw new TokenwardError("INSTANT_INVALID", { name: "TOKENWARD_AS_OF", value: stated });
  return parsed.instant;
}

function instant(text: string): string {
  const parsed = parseInstant(text);
  if ("instant" in parsed) return parsed.instant;
  throw new InvalidArgumentError("Write an RFC 3339 instant with its zone, such as 2030-01-01T00:00:00Z.");
}

export interface RunOptions {
  jobs?: number;
  shard?: Shard;
}

/** How the work is shared out. */
export function withRun(command: Command): Command {
  return withShard(command.option("-j, --jobs <n>", "threads at work; default: one for each core", wholeNumber));
}

/** A number of threads. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1 to 999.");
}
