import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptOnDisk } from "../model/system-error.ts";

/** Ids that came when the table of ids was full, kept on disk and compared with each other at the end. */
export interface Late {
  add(high: number, low: number): void;
  /** How many of them stand more than once; ends the file. */
  repeated(): number;
}

const BYTES = 8;
const BUFFER = 1 << 20;
/** How many are compared at a time: 8 MiB. */
const AT_ONCE = 1 << 20;

export function openLate(): Late {
  const folder = keptOnDisk(() => mkdtempSync(join(tmpdir(), "tokenward-ids-")));
  const file = keptOnDisk(() => openSync(join(folder, "ids"), "w+", 0o600));
  const buffer = Buffer.allocUnsafe(BUFFER);
  let [filled, count] = [0, 0];

  const flush = (): void => {
    keptOnDisk(() => writeFileSync(file, buffer.subarray(0, filled)));
    filled = 0;
  };

  return {
    add(high, low) {
      if (filled === BUFFER) flush();
      buffer.writeUInt32LE(low, filled);
      buffer.writeUInt32LE(high, filled + 4);
      filled += BYTES;
      count += 1;
    },
    repeated() {
      flush();
      const parts = Math.ceil(count / AT_ONCE) || 1;
      let found = 0;
      for (let part = 0; part < parts; part += 1) found += repeatedIn(file, part, parts, count);
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
      return found;
    },
  };
}

function repeatedIn(file: number, part: number, parts: number, count: number): number {
  const ids = new BigUint64Array(Math.min(count, AT_ONCE * 2));
  const buffer = Buffer.alloc(BUFFER);
  let length = 0;
  for (let position = 0; ; position += BUFFER) {
    const read = readSync(file, buffer, 0, BUFFER, position);
    for (let at = 0; at < read; at += BYTES) {
      if (buffer.readUInt32LE(at + 4) % parts === part) ids[length++] = buffer.readBigUInt64LE(at);
    }
    if (read < BUFFER) break;
  }
  const sorted = ids.subarray(0, length).sort();
  let found = 0;
  for (let index = 1; index < length; index += 1) if (sorted[index] === sorted[index - 1]) found += 1;
  return found;
}
