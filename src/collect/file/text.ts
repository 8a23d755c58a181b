import { isUtf8 } from "node:buffer";
import { TokenwardError } from "../../model/errors.ts";
import type { Found } from "./found.ts";

const SNIFFED = 8_192;
const BOM = "\uFEFF";

/** The same bytes, once their beginning looks like text that can be read. */
export async function* asText(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && chunk.length > 0) {
      refuseForeign(chunk);
      isFirst = false;
    }
    yield chunk;
  }
}

function refuseForeign(chunk: Uint8Array): void {
  const [first, second] = chunk;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new TokenwardError("FILE_ENCODING", { found: "it begins like UTF-16" });
  if (chunk.subarray(0, SNIFFED).includes(0))
    throw new TokenwardError("FILE_ENCODING", { found: "it holds zero bytes, as binary data and UTF-16 do" });
}

/** Whole documents of a format that cannot be read in parts, up to a limit; what is wrong with the bytes is a fault. */
export async function* wholeText(
  chunks: AsyncIterable<Uint8Array>,
  { format, limit, read }: { format: string; limit: number; read: (text: string) => Iterable<Found> },
): AsyncIterable<Found> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw new TokenwardError("FILE_TOO_LARGE", { format, limit });
    pieces.push(chunk);
  }
  const bytes = Buffer.concat(pieces);
  const broken = firstBrokenLine(bytes);
  if (broken === undefined) yield* read(bytes.toString("utf8").replace(BOM, ""));
  else
    yield {
      fault: new TokenwardError("FILE_ENCODING", { found: "this line holds other bytes" }),
      place: { line: broken, column: 1 },
    };
}

function firstBrokenLine(bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    [line, start] = [line + 1, end + 1];
  }
  return line;
}
