import type { Part } from "../../model/cut.ts";
import { TokenwardError } from "../../model/errors.ts";
import { readLines } from "../../model/lines.ts";
import { csvRecords } from "./csv.ts";
import type { Found } from "./found.ts";
import type { Input } from "./inputs.ts";
import { jsonRecords } from "./json.ts";
import { ndjson } from "./ndjson.ts";
import type { Format } from "./source.ts";
import { asText, wholeText } from "./text.ts";

const MEBIBYTE = 1024 * 1024;

/** How each format is read. NDJSON and CSV stream; JSON and YAML are held in memory, so they have a limit. */
const readers = {
  ndjson,
  csv: (chunks) => csvRecords(readLines(chunks)),
  json: (chunks) => wholeText(chunks, { format: "JSON", limit: 128 * MEBIBYTE, read: jsonRecords }),
  async *yaml(chunks) {
    const { yamlRecords } = await import("./yaml.ts");
    yield* wholeText(chunks, { format: "YAML", limit: 8 * MEBIBYTE, read: yamlRecords });
  },
} as const satisfies Record<Format, (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Found | { part: Part }>>;

/** Everything found in one input; throws a TokenwardError where it cannot be read at all. */
export function foundIn({ from, format, chunks }: Input): AsyncIterable<Found | { part: Part }> {
  if (!format) throw new TokenwardError("FILE_FORMAT_UNKNOWN", { path: from.name });
  return readers[format](asText(chunks()));
}
