import { isUtf8 } from "node:buffer";

/** One line of a stream of bytes; it ends with LF, CRLF, CR or the stream. */
export interface Line {
  /** Counted from 1. */
  number: number;
  /** As read, with its end; empty where the line is too long to keep. */
  bytes: Uint8Array;
  /** Without its end, and without the byte order mark of a first line. */
  text: string;
  end: "" | "\n" | "\r\n" | "\r";
  /** Why the text cannot be relied on. */
  fault?: "not-utf8" | "too-long";
}

/** No line is kept in memory beyond this. */
export const LONGEST_LINE = 16 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const BOM = "\uFEFF";

/** The lines of a stream, one at a time: memory does not grow with the stream. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, longest = LONGEST_LINE): AsyncIterable<Line> {
  const pending = pendingLine(longest);
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    yield* linesIn(bytes, pending);
  }
  if (!pending.isEmpty()) yield pending.take();
}

/** The lines of whole bytes, at once; the first is counted from the number given. */
export function* linesOf(bytes: Uint8Array, first: number): Iterable<Pick<Line, "number" | "text" | "fault">> {
  if (bytes.length <= LONGEST_LINE && !bytes.includes(CR) && isUtf8(bytes)) {
    yield* simpleLines(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"), first);
    return;
  }
  const pending = pendingLine(LONGEST_LINE, first - 1);
  yield* linesIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), pending);
  if (!pending.isEmpty()) yield pending.take();
}

/** Lines that end with LF and nothing else, of text that is sound. */
function* simpleLines(whole: string, first: number): Iterable<Pick<Line, "number" | "text">> {
  let start = first === 1 && whole.startsWith(BOM) ? 1 : 0;
  for (let number = first; start < whole.length; number += 1) {
    const found = whole.indexOf("\n", start);
    const end = found === -1 ? whole.length : found;
    yield { number, text: whole.slice(start, end) };
    start = end + 1;
  }
}

function* linesIn(chunk: Buffer, pending: Pending): Iterable<Line> {
  let start = 0;
  if (pending.endsWithCr() && chunk.length > 0) {
    // Whether a CR at the end of a chunk stands alone is only known now.
    if (chunk[0] === LF) pending.add(chunk.subarray(0, ++start));
    yield pending.take();
  }
  for (const end of lineEnds(chunk, start)) {
    pending.add(chunk.subarray(start, end));
    yield pending.take();
    start = end;
  }
  pending.add(chunk.subarray(start));
}

/** The offsets behind each line end. A CR as the last byte may be half a CRLF and is left for the next chunk. */
function* lineEnds(chunk: Buffer, start: number): Iterable<number> {
  for (let from = start; from < chunk.length; ) {
    const lf = chunk.indexOf(LF, from);
    const isWhole = lf !== -1;
    yield* loneCrs(chunk, from, isWhole ? lf - 1 : chunk.length - 1);
    if (isWhole) yield lf + 1;
    from = isWhole ? lf + 1 : chunk.length;
  }
}

function* loneCrs(chunk: Buffer, from: number, to: number): Iterable<number> {
  const part = chunk.subarray(from, Math.max(from, to));
  for (let cr = part.indexOf(CR); cr !== -1; cr = part.indexOf(CR, cr + 1)) yield from + cr + 1;
}

interface Pending {
  add(bytes: Buffer): void;
  take(): Line;
  isEmpty(): boolean;
  endsWithCr(): boolean;
}

/** The line being read, in pieces: joined once, when it is whole. */
function pendingLine(longest: number, before = 0): Pending {
  let [number, length, last] = [before, 0, 0];
  let pieces: Buffer[] = [];
  return {
    add(bytes) {
      if (bytes.length === 0) return;
      length += bytes.length;
      last = bytes[bytes.length - 1] ?? 0;
      if (length > longest) pieces = [];
      else pieces.push(bytes);
    },
    take() {
      const isTooLong = length > longest;
      const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
      [length, last, pieces] = [0, 0, []];
      number += 1;
      return isTooLong ? { number, bytes, text: "", end: "", fault: "too-long" } : decode(bytes, number);
    },
    isEmpty: () => length === 0,
    endsWithCr: () => last === CR,
  };
}

function decode(bytes: Buffer, number: number): Line {
  const end = endOf(bytes);
  const whole = bytes.toString("utf8", 0, bytes.length - end.length);
  const text = number === 1 && whole.startsWith(BOM) ? whole.slice(1) : whole;
  return { number, bytes, text, end, ...(isUtf8(bytes) ? {} : { fault: "not-utf8" as const }) };
}

function endOf(bytes: Buffer): Line["end"] {
  const last = bytes[bytes.length - 1];
  if (last === CR) return "\r";
  if (last !== LF) return "";
  return bytes[bytes.length - 2] === CR ? "\r\n" : "\n";
}
