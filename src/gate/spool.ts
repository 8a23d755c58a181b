import type { Finding } from "../model/documents.gen.ts";
import type { Findings } from "../model/flow.ts";
import { beginOfText } from "./digest.ts";
import { gathered, merged, type Run, textOf } from "./runs.ts";
import { openSorter } from "./sorter.ts";

/** Takes findings as runs of sorted lines and gives them back in report order; what does not fit into memory goes to disk. */
export interface Spool {
  add(lines: Uint8Array): void;
  close(): Findings;
}

/** `scratch` gives a private folder, asked for only when memory does not suffice. */
export function openSpool(scratch: () => string, kept?: number): Spool {
  const sorter = openSorter(scratch, "findings", kept);
  return { add: sorter.add, close: () => findingsIn(sorter.close()) };
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
      for (const line of merged(runs)) yield JSON.parse(textOf(line, beginOfText(line))) as Finding;
    },
  };
}
