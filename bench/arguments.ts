import { parseArgs } from "node:util";
import { isKey, type Key, keys } from "./targets.ts";

export interface Arguments {
  quick: boolean;
  help: boolean;
  writeDocs: boolean;
  /** Where the numbers go as JSON. */
  json?: string;
  only: ReadonlySet<Key>;
}

export const USAGE = `Usage: npm run bench -- [options]

  --quick          smaller sizes and fewer runs
  --only <names>   measure only these, separated by commas
  --json <file>    write the numbers to a file
  --write-docs     renew the table of docs/performance.md
  --help           show this

Names: ${keys.join(", ")}
`;

/** What was asked for, or what is wrong with it. */
export function readArguments(args: readonly string[]): Arguments | { fault: string } {
  const read = parsed(args);
  if (typeof read === "string") return { fault: read };
  const { quick = false, help = false, json, only, "write-docs": writeDocs = false } = read;
  const names = only?.split(",").map((name) => name.trim()) ?? keys;
  const strange = names.filter((name) => !isKey(name));
  if (strange.length > 0) return { fault: `--only ${strange.join(",")}: there is no such measure` };
  if (writeDocs && (quick || only !== undefined)) return { fault: "--write-docs needs every measure at full size" };
  return { quick, help, writeDocs, only: new Set(names.filter(isKey)), ...(json === undefined ? {} : { json }) };
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
