import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { Finding } from "../model/documents.gen.ts";
import type { Findings } from "../model/flow.ts";
import { keptOnDisk } from "../model/system-error.ts";
import { bucketOf, textOf } from "./digest.ts";

/** Takes findings as lines in any order and gives them back in report order; what does not fit into memory goes to disk. */
export interface Spool {
  add(lines: readonly string[]): void;
  close(): Findings;
}

/** UTF-16 units kept in memory before they are sorted and written: a run. */
const RUN = 16 * 1024 * 1024;
/** So many runs are merged into one: each needs an open file and a buffer. */
const RUNS = 64;
const BUFFER = 64 * 1024;

/** `scratch` gives a private folder, asked for only when memory does not suffice. */
export function openSpool(scratch: () => string, run = RUN): Spool {
  let buckets = new Map<string, string[]>();
  let [size, written] = [0, 0];
  let runs: string[] = [];

  const sorted = function* (): Iterable<string> {
    for (const key of [...buckets.keys()].sort()) yield* buckets.get(key)?.sort() ?? [];
  };
  const store = (lines: Iterable<string>): string =>
    keptOnDisk(() => {
      const path = join(scratch(), `findings-${written++}`);
      writeLines(path, lines);
      return path;
    });
  const spill = (): void => {
    runs.push(store(sorted()));
    buckets = new Map();
    size = 0;
    if (runs.length === RUNS) runs = [store(merged(runs))];
  };

  return {
    add(lines) {
      for (const line of lines) {
        const key = bucketOf(line);
        const bucket = buckets.get(key);
        if (bucket) bucket.push(line);
        else buckets.set(key, [line]);
        size += line.length;
      }
      if (size >= run) spill();
    },
    close() {
      if (runs.length === 0) return findingsOf([...sorted()]);
      if (size > 0) spill();
      return findingsOf({ [Symbol.iterator]: () => merged(runs)[Symbol.iterator]() });
    },
  };
}

/** Findings over sorted lines, as often as they are asked for. */
function findingsOf(lines: Iterable<string>): Findings {
  function* texts(): Iterable<string> {
    for (const line of lines) yield textOf(line);
  }
  function* findings(): Iterator<Finding> {
    for (const text of texts()) yield JSON.parse(text) as Finding;
  }
  return { texts, [Symbol.iterator]: findings };
}

function writeLines(path: string, lines: Iterable<string>): void {
  const file = openSync(path, "wx", 0o600);
  let pending: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += pending.push(line) && line.length;
    if (length < BUFFER) continue;
    writeSync(file, `${pending.join("\n")}\n`);
    [pending, length] = [[], 0];
  }
  if (pending.length > 0) writeSync(file, `${pending.join("\n")}\n`);
  closeSync(file);
}

interface Head {
  line: string;
  rest: Iterator<string>;
}

/** The lines of sorted files in one order, by a heap of their first lines. */
function* merged(paths: readonly string[]): Iterable<string> {
  const heap: Head[] = [];
  for (const path of paths) {
    const rest = linesIn(path)[Symbol.iterator]();
    const first = rest.next();
    if (!first.done) heap.push({ line: first.value, rest });
  }
  heap.sort((one, other) => (one.line < other.line ? -1 : 1));
  while (heap[0]) {
    const [least] = heap;
    yield least.line;
    const next = least.rest.next();
    if (!next.done) least.line = next.value;
    else {
      const last = heap.pop();
      if (last && heap.length > 0) heap[0] = last;
    }
    sink(heap);
  }
}

/** Lets the first of a heap sink to its place. */
function sink(heap: Head[]): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let least = at;
    if (isLess(heap[left], heap[least])) least = left;
    if (isLess(heap[right], heap[least])) least = right;
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least] as Head, heap[at] as Head];
    at = least;
  }
}

function isLess(one: Head | undefined, other: Head | undefined): boolean {
  return one !== undefined && other !== undefined && one.line < other.line;
}

function* linesIn(path: string): Iterable<string> {
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(BUFFER);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}
