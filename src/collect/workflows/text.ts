import { isUtf8 } from "node:buffer";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { failureOf, isInside, LEAVING, type Refusal } from "./refusal.ts";

/** GitHub refuses a workflow of more than 1 MiB; what is far larger is no workflow. */
export const LARGEST = 8 * 1_048_576;

/** The text of a file below the root, a real path, without its byte order mark; or why there is none. */
export function readText(root: string, path: string): { text: string } | { refusal: Refusal } {
  try {
    const real = realpathSync.native(join(root, path));
    if (!isInside(real, root)) return { refusal: LEAVING };
    const found = statSync(real);
    if (!found.isFile()) return refuse(`is ${found.isDirectory() ? "a folder" : "a device"}, not a file`, "rename it");
    if (found.size > LARGEST)
      return refuse(`has ${found.size} bytes; the limit is ${LARGEST}, and GitHub's 1048576`, "split the file");
    return decode(readFileSync(real));
  } catch (error) {
    return { refusal: failureOf(error) };
  }
}

const SAVE = "save the file as UTF-8";

function decode(bytes: Buffer): { text: string } | { refusal: Refusal } {
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") return refuse("is UTF-16, not UTF-8", SAVE);
  const text = bytes.toString("utf8");
  if (!isUtf8(bytes)) return refuse("is not UTF-8 from here on", SAVE, before(text, firstBroken(bytes, text)));
  const zero = text.indexOf("\0");
  if (zero >= 0) return refuse("holds a zero byte: it is binary or UTF-16", SAVE, before(text, zero));
  return { text: withoutMark(text) };
}

const REPLACEMENT = Buffer.from("\uFFFD");

/** Decoding shows each broken byte as U+FFFD; where the file itself says U+FFFD, its three bytes are there. */
function firstBroken(bytes: Buffer, text: string): number {
  let [offset, from] = [0, 0];
  for (const { index } of text.matchAll(/\uFFFD/g)) {
    offset += Buffer.byteLength(text.slice(from, index));
    if (!bytes.subarray(offset, offset + REPLACEMENT.length).equals(REPLACEMENT)) return index;
    offset += REPLACEMENT.length;
    from = index + 1;
  }
  return text.length;
}

/** The position that follows the first characters of a text. */
function before(text: string, characters: number): { line: number; column: number } {
  const lines = withoutMark(text.slice(0, characters)).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function refuse(detail: string, remedy: string, at?: { line: number; column: number }): { refusal: Refusal } {
  return { refusal: { outcome: "failed", detail, remedy, ...at } };
}
