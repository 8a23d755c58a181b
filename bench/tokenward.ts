import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { node, type Task } from "./process.ts";

/** What the built command can do; both came after the first version. */
export interface Tokenward {
  hasNdjson: boolean;
  hasJobs: boolean;
}

export const AS_OF = "2030-01-01T00:00:00Z";

const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ALIKE = ["--as-of", AS_OF, "--no-config", "--fail-on", "never"];

export async function abilities(): Promise<Tokenward> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, "judge", "--help"]);
  return { hasNdjson: stdout.includes('"ndjson"'), hasJobs: stdout.includes("--jobs") };
}

export function version(): Task {
  return node([main, "--version"]);
}

export function judge(inventory: string, format: string, output: string, more: readonly string[] = []): Task {
  return node([main, "judge", inventory, "-f", format, "-o", output, ...ALIKE, ...more]);
}

/** A run as a person starts it in a repository: the table on standard output, or another format in a file. */
export function check(cwd: string, more: readonly string[] = []): Task {
  return node([main, "check", ...ALIKE, ...more], { cwd });
}

/** The format that streams, as far as there is one. */
export function streamed({ hasNdjson }: Tokenward): { format: string; note?: string } {
  return hasNdjson ? { format: "ndjson" } : { format: "json", note: "ndjson format missing: json was written" };
}
