import { parseArgs } from "node:util";
import { isKey, type Key, keys, quickKeys } from "./targets.ts";

export interface Arguments {
  quick: boolean;
  help: boolean;
  writeDocs: boolean;
  /** Where the numbers go as JSON. */
  json?: string;
  only: ReadonlySet<Key>;
}

export const USAGE = `Usage: npm run bench -- [options]

  --quick          smaller sizes, fewer runs, and of the formats only some
  --only <names>   measure only these, separated by commas; formats: all that begin with this word
  --json <file>    write the numbers to a file
  --write-docs     renew the table of docs/performance.md
  --help           show this

Names:
${keys.map((key) => `  ${key}\n`).join("")}`;

/** What was asked for, or what is wrong with it. */
export function readArguments(args: readonly string[]): Arguments | { fault: string } {
  const read = parsed(args);
  if (typeof read === "string") return { fault: read };
  const { quick = false, help = false, json, only, "write-docs": writeDocs = false } = read;
  const names = only?.split(",").flatMap((name) => named(name.trim())) ?? (quick ? quickKeys : keys);
  const strange = names.filter((name) => !isKey(name));
  if (strange.length > 0) return { fault: `--only ${strange.join(",")}: there is no such measure` };
  if (writeDocs && (quick || only !== undefined)) return { fault: "--write-docs needs every measure at full size" };
  return { quick, help, writeDocs, only: new Set(names.filter(isKey)), ...(json === undefined ? {} : { json }) };
}

/** The measures whose names begin with this word; else the name itself, known or not. */
function named(name: string): readonly string[] {
  const group = keys.filter((key) => key.startsWith(`${name}.`));
  return isKey(name) || group.length === 0 ? [name] : group;
}

function parsed(args: readonly string[]): ReturnType<typeof parse> | string {
  try {
    return parse(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function parse(args: readonly string[]) {
  const options = {
    quick: { type: "boolean" },
    help: { type: "boolean" },
    json: { type: "string" },
    only: { type: "string" },
    "write-docs": { type: "boolean" },
  } as const;
  return parseArgs({ args: [...args], options }).values;
}
