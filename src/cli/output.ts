import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { write } from "./terminal.ts";

/** Bytes written with one call where pieces come faster than the disk takes them. */
const AT_ONCE = 1024 * 1024;
/** Characters that are handed over as one piece. */
const PIECE = 64 * 1024;

/** Pieces of text to standard output (`-`) or to a file that appears whole or not at all. */
export async function deliver(pieces: AsyncIterable<string>, target: string, { mode = 0o666 } = {}): Promise<void> {
  if (target === "-") {
    for await (const piece of pieces) await write(piece);
    return;
  }
  await makeFolder(dirname(target)).catch((cause: unknown) => refuse(target, cause));
  if (await isSpecial(target)) await pour(pieces, target, { path: target, mode });
  else await replace(pieces, target, mode);
}

/** Written under another name in the same folder, then renamed: a reader never sees half a file, also when we are killed. */
async function replace(pieces: AsyncIterable<string>, target: string, mode: number): Promise<void> {
  const temporary = join(dirname(target), `.tokenward-tmp-${process.pid}-${basename(target)}`);
  try {
    await pour(pieces, target, { path: temporary, mode });
    await rename(temporary, target).catch((cause: unknown) => refuse(target, cause));
  } finally {
    // What stands in the way of writing may stand in the way of this too, and was told already.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function pour(
  pieces: AsyncIterable<string>,
  target: string,
  { path, mode }: { path: string; mode: number },
): Promise<void> {
  // A device or a pipe has nothing to flush to and refuses.
  const stream = createWriteStream(path, { mode, flush: path !== target, highWaterMark: AT_ONCE });
  await pipeline(larger(pieces), stream).catch((cause: unknown) => {
    throw isSystemError(cause) ? refusal(target, cause) : cause;
  });
}

/** Rows that waited for the disk one by one would live long enough to be taken for lasting, and memory would grow with their number. */
async function* larger(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let waiting: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < PIECE) continue;
    yield waiting.join("");
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield waiting.join("");
}

/** Devices and pipes are written in place: renaming over /dev/null would replace it. */
async function isSpecial(target: string): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  return found !== undefined && !found.isFile();
}

function refuse(target: string, cause: unknown): never {
  throw refusal(target, cause);
}

function refusal(target: string, cause: unknown): TokenwardError {
  return new TokenwardError("OUTPUT_FAILED", { target, reason: reasonOf(cause) }, { cause });
}
