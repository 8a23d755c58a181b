import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Token } from "../model/documents.gen.ts";
import type { Raw } from "../model/flow.ts";
import { keptOnDisk } from "../model/system-error.ts";
import type { Batch } from "./work.ts";

/** Keeps batches to be taken up once more, by number; what does not fit into memory goes to disk. */
export interface Shelf {
  put(number: number, batch: Batch): void;
  take(number: number): Batch;
  close(): void;
}

/** Bytes kept in memory. */
const KEPT = 16 * 1024 * 1024;

type Kept = { about: Omit<Raw, "bytes"> | undefined } & ({ bytes: Uint8Array } | { at: number; length: number });

export function openShelf(scratch: () => string, kept = KEPT): Shelf {
  const batches = new Map<number, Kept>();
  let [size, end] = [0, 0];
  let file: number | undefined;

  const store = (bytes: Uint8Array): { at: number; length: number } =>
    keptOnDisk(() => {
      file ??= openSync(join(scratch(), "batches"), "wx+", 0o600);
      const at = end;
      writeFileSync(file, bytes);
      end += bytes.length;
      return { at, length: bytes.length };
    });
  const load = (at: number, length: number): Uint8Array =>
    keptOnDisk(() => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const read = readSync(file as number, bytes, done, length - done, at + done);
        if (read === 0) throw new Error("the file of batches is shorter than it was written");
        done += read;
      }
      return bytes;
    });

  return {
    put(number, batch) {
      const raw = "raw" in batch ? batch.raw : undefined;
      const bytes = raw?.bytes ?? Buffer.from(JSON.stringify("tokens" in batch ? batch.tokens : []));
      const about = raw && { first: raw.first, from: raw.from };
      size += bytes.length;
      batches.set(number, size <= kept ? { about, bytes } : { about, ...store(bytes) });
    },
    take(number) {
      const found = batches.get(number);
      if (!found) throw new Error(`no batch ${number} was kept`);
      const bytes = "bytes" in found ? found.bytes : load(found.at, found.length);
      if (found.about) return { raw: { ...found.about, bytes } };
      return { tokens: JSON.parse(Buffer.from(bytes).toString("utf8")) as Token[] };
    },
    close: () => file !== undefined && closeSync(file),
  };
}
