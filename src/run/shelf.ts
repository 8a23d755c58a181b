import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Token } from "../model/documents.gen.ts";
import type { Raw } from "../model/flow.ts";
import { keptOnDisk } from "../model/system-error.ts";
import type { Batch } from "./work.ts";

/** Keeps batches so that some of their tokens can be taken up once more; what does not fit into memory goes to disk. */
export interface Shelf {
  /** `others`: for each record that was no token, how many tokens came before it. */
  put(batch: Batch, others: readonly number[]): void;
  /** The tokens at these positions, in order, of the batch with a number. */
  take(number: number, positions: readonly number[]): Batch;
  close(): void;
}

/** Bytes kept in memory. */
const KEPT = 16 * 1024 * 1024;

type Kept = { about: Omit<Raw, "bytes"> | undefined; others: readonly number[] } & (
  | { bytes: Uint8Array }
  | { at: number; length: number }
);

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
    put(batch, others) {
      const raw = "raw" in batch ? batch.raw : undefined;
      const bytes = raw?.bytes ?? Buffer.from(JSON.stringify("tokens" in batch ? batch.tokens : []));
      const about = raw && { first: raw.first, from: raw.from };
      size += bytes.length;
      batches.set(batch.number ?? 0, { about, others, ...(size <= kept ? { bytes } : store(bytes)) });
    },
    take(number, positions) {
      const found = batches.get(number);
      if (!found) throw new Error(`no batch ${number} was kept`);
      const bytes = "bytes" in found ? found.bytes : load(found.at, found.length);
      if (found.about) return { number, raw: { ...found.about, bytes, only: recordsAt(positions, found.others) } };
      const tokens = JSON.parse(Buffer.from(bytes).toString("utf8")) as Token[];
      return { number, tokens: positions.flatMap((position) => tokens[position] ?? []) };
    },
    close: () => file !== undefined && closeSync(file),
  };
}

/** Which records the tokens at these positions are: others stand between them. */
function recordsAt(positions: readonly number[], others: readonly number[]): Set<number> {
  return new Set(positions.map((position) => position + others.filter((before) => before <= position).length));
}
