import { once } from "node:events";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";

export const EXIT_CODES = `Exit codes:
  0   everything asked for was read and judged; nothing at or above --fail-on
  1   findings at or above --fail-on (default: high)
  2   usage, configuration or policy error; nothing was judged
  3   incomplete: something could not be read, or nothing was there to judge
  70  a bug in tokenward`;

let isStdoutGone = false;
let stdoutFault: NodeJS.ErrnoException | undefined;

/** A reader that goes away (`| head`) ends the output, not the process: the exit code still tells the verdict. */
export function tolerateClosedPipes(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    isStdoutGone = true;
    if (error.code !== "EPIPE") stdoutFault ??= error;
  });
  process.stderr.on("error", () => undefined);
}

/** Writes to standard output, no faster than its reader reads. */
export async function write(text: string): Promise<void> {
  if (isStdoutGone || process.stdout.write(text)) return;
  const settled = new AbortController();
  const { signal } = settled;
  const either = ["drain", "close"].map((event) => once(process.stdout, event, { signal }));
  await Promise.race(either).catch(() => undefined);
  // Else the one that did not come would be listened for until the end.
  settled.abort();
}

/** Fails where standard output took less than it was given, as on a full disk; called once all is written. */
export async function stdoutTookAll(): Promise<void> {
  if (!isStdoutGone) await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  if (!stdoutFault) return;
  const facts = { target: "standard output", reason: reasonOf(stdoutFault) };
  throw new TokenwardError("OUTPUT_FAILED", facts, { cause: stdoutFault });
}

/** Everything that is not the result goes to standard error. */
export function writeError(text: string): void {
  process.stderr.write(text);
}

export type ColourWish = "auto" | "always" | "never";

/** Colour for standard output: the flag, else NO_COLOR, else FORCE_COLOR, else whether a terminal reads it. */
export function wantsColour(wish: ColourWish): boolean {
  if (wish !== "auto") return wish === "always";
  if (process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
  return process.stdout.isTTY === true && process.env.TERM !== "dumb";
}

/** Sentences instead of a table: TOKENWARD_PLAIN, else whether a terminal reads it that cannot move its cursor. */
export function wantsPlain(isForScreen: boolean): boolean {
  const { TOKENWARD_PLAIN: stated, TERM: terminal } = process.env;
  if (stated) return stated !== "0";
  return isForScreen && process.stdout.isTTY === true && terminal === "dumb";
}

const WIDTH_WITHOUT_TERMINAL = 100;

/** Columns of the reader's screen. */
export function columns(): number {
  return process.stdout.columns ?? (Number(process.env.COLUMNS) || WIDTH_WITHOUT_TERMINAL);
}
