import { closeSync, openSync, readSync, writeFileSync } from "node:fs";

/** Lines in order, each with its end, in memory or in a file. */
export type Run = Uint8Array | { path: string };

/** The line that a run has come to: bytes of a buffer, without the line's end. They stand still until the next line is asked for. */
export interface Line {
  buffer: Buffer;
  start: number;
  end: number;
}

const LF = 0x0a;
const BUFFER = 64 * 1024;

/** The lines of many runs in one order, that of their bytes. */
export function* merged(runs: readonly Run[]): Iterable<Line> {
  const readers: Reader[] = [];
  try {
    for (const run of runs) readers.push(run instanceof Uint8Array ? readMemory(run) : readFile(run.path));
    const heap = readers.filter((reader) => reader.advance());
    for (let at = Math.floor(heap.length / 2) - 1; at >= 0; at -= 1) sink(heap, at);
    for (let [least] = heap; least; [least] = heap) {
      yield least.line;
      if (!least.advance()) replaceFirst(heap);
      sink(heap, 0);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}

function replaceFirst(heap: Reader[]): void {
  const last = heap.pop();
  if (last && heap.length > 0) heap[0] = last;
}

/** A line as text, from some byte on. */
export function textOf({ buffer, start, end }: Line, from = start): string {
  return buffer.toString("utf8", from, end);
}

/** Writes lines, each with its end, to a new file. */
export function writeRun(path: string, lines: Iterable<Line>): void {
  const file = openSync(path, "wx", 0o600);
  try {
    // A single write may take less than it is given.
    for (const bytes of gathered(lines, { from: ({ start }) => start, before: EMPTY, after: Buffer.from("\n") }))
      writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

const EMPTY = Buffer.alloc(0);

/** Lines, or what stands in them from some place on, between two texts, in pieces of about 64 KiB that are reused. */
export function* gathered(
  lines: Iterable<Line>,
  { from, before, after }: { from: (line: Line) => number; before: Buffer; after: Buffer },
): Iterable<Buffer> {
  let piece = Buffer.allocUnsafe(BUFFER);
  let filled = 0;
  for (const line of lines) {
    const start = from(line);
    const length = before.length + line.end - start + after.length;
    if (filled > 0 && filled + length > piece.length) {
      yield piece.subarray(0, filled);
      filled = 0;
    }
    if (length > piece.length) piece = Buffer.allocUnsafe(length);
    filled += before.copy(piece, filled);
    filled += line.buffer.copy(piece, filled, start, line.end);
    filled += after.copy(piece, filled);
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

interface Reader {
  line: Line;
  /** What the line begins with, each byte as a character: compared as texts, these decide almost always, and many times faster. */
  head: string;
  /** Goes to the next line, if there is one. */
  advance(): boolean;
  close(): void;
}

const HEAD = 96;

function headOf({ buffer, start, end }: Line): string {
  return buffer.toString("latin1", start, Math.min(end, start + HEAD));
}

function readMemory(bytes: Uint8Array): Reader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = { buffer, start: 0, end: -1 };
  const reader: Reader = {
    line,
    head: "",
    advance() {
      line.start = line.end + 1;
      line.end = buffer.indexOf(LF, line.start);
      if (line.end === -1) return false;
      reader.head = headOf(line);
      return true;
    },
    close: () => undefined,
  };
  return reader;
}

function readFile(path: string): Reader {
  const file = openSync(path, "r");
  const line = { buffer: Buffer.allocUnsafe(BUFFER), start: 0, end: -1 };
  let filled = 0;

  /** Reads on behind what is not used up yet, which moves to the front. */
  const refill = (): boolean => {
    const { buffer, start } = line;
    const rest = filled - start;
    // A line longer than the buffer needs a larger one.
    const target = rest === buffer.length ? Buffer.allocUnsafe(buffer.length * 2) : buffer;
    buffer.copy(target, 0, start, filled);
    Object.assign(line, { buffer: target, start: 0 });
    const read = readSync(file, target, rest, target.length - rest, null);
    filled = rest + read;
    return read > 0;
  };

  const reader: Reader = {
    line,
    head: "",
    advance() {
      line.start = line.end + 1;
      do {
        line.end = line.buffer.subarray(0, filled).indexOf(LF, line.start);
      } while (line.end === -1 && refill());
      if (line.end === -1) return false;
      reader.head = headOf(line);
      return true;
    },
    close: () => closeSync(file),
  };
  return reader;
}

/** Lets one of a heap sink to its place. */
function sink(heap: Reader[], from: number): void {
  for (let at = from; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let least = at;
    if (isLess(heap[left], heap[least])) least = left;
    if (isLess(heap[right], heap[least])) least = right;
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least] as Reader, heap[at] as Reader];
    at = least;
  }
}

function isLess(one: Reader | undefined, other: Reader | undefined): boolean {
  if (!one || !other) return false;
  if (one.head !== other.head) return one.head < other.head;
  const { buffer, start, end } = other.line;
  return one.line.buffer.compare(buffer, start, end, one.line.start, one.line.end) < 0;
}
