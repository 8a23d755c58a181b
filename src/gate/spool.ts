import { join } from "node:path";
import type { Finding } from "../model/documents.gen.ts";
import type { Findings } from "../model/flow.ts";
import { keptOnDisk } from "../model/system-error.ts";
import { beginOfText } from "./digest.ts";
import { gathered, type Line, merged, type Run, writeRun } from "./runs.ts";

/** Takes findings as runs of sorted lines and gives them back in report order; what does not fit into memory goes to disk. */
export interface Spool {
  add(lines: Uint8Array): void;
  close(): Findings;
}

/** Bytes kept in memory before they are merged into one file. */
const KEPT = 32 * 1024 * 1024;
/** So many files are merged into one: each needs a handle and a buffer. */
const FILES = 64;

/** `scratch` gives a private folder, asked for only when memory does not suffice. */
export function openSpool(scratch: () => string, kept = KEPT): Spool {
  let [memory, files] = [[] as Uint8Array[], [] as { path: string }[]];
  let [size, written] = [0, 0];

  const store = (runs: readonly Run[]): { path: string } =>
    keptOnDisk(() => {
      const path = join(scratch(), `findings-${written++}`);
      writeRun(path, merged(runs));
      return { path };
    });

  return {
    add(lines) {
      if (lines.length === 0) return;
      size += lines.length;
      memory.push(lines);
      if (size < kept) return;
      files.push(store(memory));
      [memory, size] = [[], 0];
      if (files.length === FILES) files = [store(files)];
    },
    close: () => findingsIn([...files, ...memory]),
  };
}

/** Findings over runs, as often as they are asked for. */
function findingsIn(runs: readonly Run[]): Findings {
  return {
    *joined(separator) {
      const between = { from: beginOfText, before: Buffer.from(separator), after: Buffer.alloc(0) };
      let toSkip = between.before.length;
      for (const piece of gathered(merged(runs), between)) {
        yield piece.toString("utf8", toSkip);
        toSkip = 0;
      }
    },
    *[Symbol.iterator]() {
      for (const line of merged(runs)) yield JSON.parse(textOf(line)) as Finding;
    },
  };
}

function textOf(line: Line): string {
  return line.buffer.toString("utf8", beginOfText(line), line.end);
}
