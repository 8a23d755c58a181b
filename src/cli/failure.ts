import { TokenwardError } from "../model/errors.ts";
import { visible } from "../model/text.ts";
import { writeError } from "./terminal.ts";

const USAGE = 2;
const INCOMPLETE = 3;
const BUG = 70;

/** Prints a failure with its remedy and gives the exit code: 2 for what a person can mend, 3 where too little could be read, 70 for a bug of ours. */
export function report(error: unknown): number {
  if (error instanceof TokenwardError) {
    writeError(`error: ${lines(error.message)}\n  ${lines(error.remedy)} [${error.code}]\n`);
    return error.code === "PRUNE_INCOMPLETE" ? INCOMPLETE : USAGE;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeError(`error: this is a bug in tokenward, please report it with the lines below\n${lines(text)}\n`);
  return BUG;
}

function lines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
