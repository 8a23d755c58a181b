import { type ErrorCode, TokenwardError } from "../model/errors.ts";
import { visible } from "../model/text.ts";
import { writeError } from "./terminal.ts";

const USAGE = 2;
const INCOMPLETE = 3;
const BUG = 70;

/** Failures that leave open what they came to, or had too little to go by: the same thing may well be done at another time. */
const OPEN: ReadonlySet<ErrorCode> = new Set(["PRUNE_INCOMPLETE", "UPLOAD_PENDING", "UPLOAD_UNSURE"] as const);

/** Prints a failure with its remedy and gives the exit code: 2 for what a person can mend, 3 for what time may, 70 for a bug of ours. */
export function report(error: unknown): number {
  if (error instanceof TokenwardError) {
    writeError(`error: ${lines(error.message)}\n  ${lines(error.remedy)} [${error.code}]\n`);
    return OPEN.has(error.code) ? INCOMPLETE : USAGE;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeError(`error: this is a bug in tokenward, please report it with the lines below\n${lines(text)}\n`);
  return BUG;
}

function lines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
