import { type Command, Option } from "commander";
import type { Means as CollectMeans } from "../collect/index.ts";
import type { Config } from "../model/config.ts";
import { escapeless, type How, openProgress, type Progress } from "./progress-told.ts";
import { writeError } from "./terminal.ts";

const wishes = ["auto", "always", "plain", "never"] as const;

export interface ProgressOptions {
  progress: (typeof wishes)[number];
}

/** Whether and how a run tells how far it is. */
export function withProgress(command: Command): Command {
  return command.addOption(
    new Option(
      "--progress <how>",
      "tell on standard error how far reading is; auto: in place, on a terminal outside CI; plain: in lines",
    )
      .choices(wishes)
      .default("auto"),
  );
}

type Watchable = Pick<CollectMeans, "connect" | "now" | "watched">;

/** Does the work while telling of it; nothing is left of that on the screen when this returns or fails. */
export async function watching<Means extends Watchable, Result>(
  { sources }: Pick<Config, "sources">,
  { means, how }: { means: Means; how: How | undefined },
  work: (means: Means) => Promise<Result>,
): Promise<Result> {
  if (how === undefined) return work(means);
  const screen = { write: writeError, columns: () => process.stderr.columns || 80 };
  const progress = openProgress(sources.value, { how, screen, now: means.now });
  const timer = setInterval(progress.tell, TELL_EVERY_MS);
  try {
    return await work({ ...means, ...seen(means, progress) });
  } finally {
    clearInterval(timer);
    progress.close();
  }
}

/** A few times a second: what changes faster, nobody reads. */
const TELL_EVERY_MS = 250;

function seen(means: Watchable, progress: Progress): Pick<Watchable, "connect" | "watched"> {
  return {
    connect(connection, place) {
      const http = means.connect(connection, place);
      progress.asks(http, place);
      return http;
    },
    watched: progress.watched,
  };
}

/** How this run tells it, on this standard error. */
export function progressFor(options: ProgressOptions & { quiet?: boolean }): How | undefined {
  return howToTell(options, { isTTY: process.stderr.isTTY === true, env: process.env });
}

/** What was wished for, and what the reader's screen can do; undefined: nothing is told. */
export function howToTell(
  { progress, quiet = false }: ProgressOptions & { quiet?: boolean },
  { isTTY, env }: { isTTY: boolean; env: Readonly<Record<string, string | undefined>> },
): How | undefined {
  if (progress === "plain") return "plain";
  const line = escapeless(env) ? "plain" : "line";
  if (progress === "always") return line;
  const isCI = env.CI !== undefined && !["", "0", "false"].includes(env.CI);
  return progress === "never" || quiet || isCI || !isTTY ? undefined : line;
}
