import { fileURLToPath } from "node:url";
import { node, type Task } from "./process.ts";

/** The format that streams. */
export const STREAMED = "ndjson";

export const AS_OF = "2030-01-01T00:00:00Z";

const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ALIKE = ["--as-of", AS_OF, "--fail-on", "never"];
const BARE = ["--no-config"];

export function version(): Task {
  return node([main, "--version"]);
}

interface Judging {
  inventory: string;
  format: string;
  output: string;
  /** Default: none is looked for. */
  config?: string;
  more?: readonly string[];
}

export function judge({ inventory, format, output, config, more = [] }: Judging): Task {
  const configuration = config === undefined ? BARE : ["--config", config];
  return node([main, "judge", inventory, "-f", format, "-o", output, ...ALIKE, ...configuration, ...more]);
}

/** Writes an inventory; `config` says of what. */
export function collect({ config, format, output }: { config: string; format: string; output: string }): Task {
  return node([main, "collect", "-f", format, "-o", output, "--as-of", AS_OF, "--config", config]);
}

/** A run as a person starts it in a repository: the table on standard output, or another format in a file. */
export function check(cwd: string, more: readonly string[] = []): Task {
  return node([main, "check", ...ALIKE, ...BARE, ...more], { cwd });
}
