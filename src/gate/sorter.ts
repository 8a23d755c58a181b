import { join } from "node:path";
import { keptOnDisk } from "../model/system-error.ts";
import { merged, type Run, writeRun } from "./runs.ts";

/** Takes lines in sorted runs, to be merged; what does not fit into memory goes to disk. */
export interface Sorter {
  add(lines: Uint8Array): void;
  close(): Run[];
}

/** Bytes kept in memory before they are merged into one file. */
const KEPT = 32 * 1024 * 1024;
/** So many files are merged into one: each needs a handle and a buffer. */
const FILES = 64;

/** `scratch` gives a private folder, asked for only when memory does not suffice; in it files begin with the name. */
export function openSorter(scratch: () => string, name: string, kept = KEPT): Sorter {
  let [memory, files] = [[] as Uint8Array[], [] as { path: string }[]];
  let [size, written] = [0, 0];

  const store = (runs: readonly Run[]): { path: string } =>
    keptOnDisk(() => {
      const path = join(scratch(), `${name}-${written++}`);
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
    close: () => [...files, ...memory],
  };
}
