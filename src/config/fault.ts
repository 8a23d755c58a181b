import { at, type Position, TokenwardError } from "../model/errors.ts";

/** One thing wrong with the configuration: where, and what to do instead. */
export interface ConfigFault {
  position: Position;
  text: string;
}

/** The position of a node of the configuration file, or of its key. */
export type Locate = (pointer: string, key?: boolean) => Position;

const LISTED = 50;

/** Ends the run with everything that is wrong with a file, one line each, in its order. */
export function refuse(
  faults: readonly ConfigFault[],
  code: "CONFIG_INVALID" | "WAIVERS_INVALID" | "BASELINE_INVALID" = "CONFIG_INVALID",
): never {
  const lines = [...new Set([...faults].sort(byPosition).map(({ position, text }) => `${at(position)}: ${text}`))];
  const listed = lines.slice(0, LISTED);
  if (lines.length > LISTED) listed.push(`and ${lines.length - LISTED} more`);
  throw new TokenwardError(code, { faults: listed.join("\n") });
}

function byPosition({ position: a }: ConfigFault, { position: b }: ConfigFault): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
