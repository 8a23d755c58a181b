import { rmSync } from "node:fs";
import { join } from "node:path";
import { keptOnDisk } from "../model/system-error.ts";
import { merged, type Run, writeRun } from "./runs.ts";

/** Takes lines in sorted runs, to be merged; what does not fit into memory goes to disk. */
export interface Sorter {
  add(lines: Uint8Array): void;
  close(): Run[];
}

/** Bytes kept in memory before they are merged into one file. */
const KEPT = 16 * 1024 * 1024;
/** So many files that were merged as often are merged into one: each needs a handle and a buffer, and each line is written few times. */
const FILES = 128;

/** `scratch` gives a private folder, asked for only when memory does not suffice; in it files begin with the name. */
export function openSorter(scratch: () => string, name: string, kept = KEPT): Sorter {
  /** Files by how often they were merged. */
  const levels: { path: string }[][] = [];
  let memory: Uint8Array[] = [];
  let [size, written] = [0, 0];

  const store = (runs: readonly Run[]): { path: string } =>
    keptOnDisk(() => {
      const path = join(scratch(), `${name}-${written++}`);
      writeRun(path, merged(runs));
      return { path };
    });

  const keep = (file: { path: string }, level: number): void => {
    const files = levels[level] ?? [];
    levels[level] = files;
    files.push(file);
    if (files.length < FILES) return;
    const whole = store(files);
    for (const { path } of files) keptOnDisk(() => rmSync(path));
    levels[level] = [];
    keep(whole, level + 1);
  };

  return {
    add(lines) {
      if (lines.length === 0) return;
      size += lines.length;
      memory.push(lines);
      if (size < kept) return;
      keep(store(memory), 0);
      [memory, size] = [[], 0];
    },
    close: () => [...levels.flat(), ...memory],
  };
}
