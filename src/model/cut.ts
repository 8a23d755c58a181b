import { LONGEST_LINE } from "./lines.ts";

/** Some hundred records: enough to make handing them to another thread worth while, little enough to keep all threads busy. */
const PART = 128 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** Whole lines of a stream, with the number of the first. */
export interface Part {
  bytes: Uint8Array;
  first: number;
}

/** Cuts a stream between lines into parts of some size; one line longer than may be kept is a part by itself. */
export async function* cut(chunks: AsyncIterable<Uint8Array>, size = PART): AsyncIterable<Part> {
  let rest: Buffer = Buffer.alloc(0);
  let first = 1;
  for await (const chunk of chunks) {
    rest =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    for (let end = lastLineEnd(rest, size); end > 0; end = lastLineEnd(rest, size)) {
      const bytes = rest.subarray(0, end);
      // A copy of its own: what is handed to another thread is copied with all that its buffer holds.
      yield { bytes: new Uint8Array(bytes), first };
      first += linesIn(bytes);
      rest = rest.subarray(end);
    }
    if (rest.length > LONGEST_LINE) rest = Buffer.from(rest.subarray(0, LONGEST_LINE + 1));
  }
  if (rest.length > 0) yield { bytes: rest, first };
}

/** Behind the last line end within the size, else behind the first one after it; 0: the stream has to go on. */
function lastLineEnd(bytes: Buffer, size: number): number {
  if (bytes.length < size) return 0;
  const within = bytes.lastIndexOf(LF, size - 1) + 1;
  if (within > 0) return within;
  const after = bytes.indexOf(LF, size) + 1;
  return after > 0 ? after : lastLoneCr(bytes);
}

/** A CR as the last byte may be half a CRLF. */
function lastLoneCr(bytes: Buffer): number {
  return bytes.length < 2 ? 0 : bytes.lastIndexOf(CR, bytes.length - 2) + 1;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) lines += 1;
  return lines;
}
