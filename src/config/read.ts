import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";
import type { ConfigFault } from "./fault.ts";
import type { Whereabouts } from "./find.ts";

const MIB = 1024 * 1024;

/** What sort of file it is: how many MiB it may have, and how it is told that it cannot be read. */
export interface Sort {
  most: number;
  unreadable:
    | "CONFIG_UNREADABLE"
    | "WAIVERS_UNREADABLE"
    | "BASELINE_UNREADABLE"
    | "REGISTER_UNREADABLE"
    | "OWNERS_UNREADABLE";
}

const CONFIG: Sort = { most: 1, unreadable: "CONFIG_UNREADABLE" };

/** The text of a file that people write, without the byte order mark that it may begin with, or why it is not one. */
export async function readText(
  where: Whereabouts,
  uri: string,
  sort = CONFIG,
): Promise<{ text: string; isMarked: boolean } | { fault: ConfigFault }> {
  const bytes = await readBounded(where, uri, sort);
  if (bytes.length > sort.most * MIB) return { fault: { position: { uri }, text: `larger than ${sort.most} MiB` } };
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), isMarked: beginning(bytes, 3) === "efbbbf" };
  const position = { uri, line: firstBadLine(bytes) };
  return { fault: { position, text: `not UTF-8${isUtf16(bytes) ? " but UTF-16" : ""}; save the file as UTF-8` } };
}

/** Reads from pipes too (`--config <(…)`), and one byte past the limit at the most, whatever size the file claims. */
async function readBounded({ path, from }: Whereabouts, uri: string, { most, unreadable }: Sort): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most * MIB) break;
    }
  } catch (cause) {
    throw new TokenwardError(unreadable, { path: uri, from, reason: reasonOf(cause) }, { cause });
  }
  return Buffer.concat(chunks);
}

function isUtf16(bytes: Buffer): boolean {
  const mark = beginning(bytes, 2);
  return mark === "fffe" || mark === "feff";
}

function beginning(bytes: Buffer, length: number): string {
  return bytes.subarray(0, length).toString("hex");
}

/** A line feed is never part of a longer UTF-8 sequence, so each line can be asked alone. */
function firstBadLine(bytes: Buffer): number {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    [line, start] = [line + 1, end + 1];
  }
  return line;
}
