import { at, type Position, TokenwardError } from "../model/errors.ts";

/** One thing wrong with the configuration: where, and what to do instead. */
export interface ConfigFault {
  position: Position;
  text: string;
}

/** The position of a node of the configuration file, or of its key. */
export type Locate = (pointer: string, key?: boolean) => Position;

const LISTED = 50;

/** Ends the run with everything that is wrong with a file or several, one line each, in their order. */
export function refuse(
  faults: readonly ConfigFault[],
  code:
    | "CONFIG_INVALID"
    | "WAIVERS_INVALID"
    | "BASELINE_INVALID"
    | "REGISTER_INVALID"
    | "OWNERS_INVALID" = "CONFIG_INVALID",
): never {
  const files = [...new Set(faults.map(({ position }) => position.uri))];
  const inOrder = files.flatMap((file) => faults.filter(({ position }) => position.uri === file).sort(byPosition));
  const lines = [...new Set(inOrder.map(({ position, text }) => `${at(position)}: ${text}`))];
  const listed = lines.slice(0, LISTED);
  if (lines.length > LISTED) listed.push(`and ${lines.length - LISTED} more`);
  throw new TokenwardError(code, { faults: listed.join("\n") });
}

function byPosition({ position: a }: ConfigFault, { position: b }: ConfigFault): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
