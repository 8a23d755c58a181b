import { createHash } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isSystemError, reasonOf } from "../model/system-error.ts";

/** So much of a folder is looked at: a pack has some hundred files, few folders deep. */
const MOST = 20_000;
const DEEPEST = 16;

/** What is in a folder that somebody else made: plain files by their paths, and what may not be there. */
export async function listed(folder: string): Promise<Listing> {
  const found: Listing = { files: [], faults: [] };
  const folders = [{ path: "", depth: 0 }];
  for (let next = folders.pop(); next; next = folders.pop()) {
    const { path, depth } = next;
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const place = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) folders.push({ path: place, depth: depth + 1 });
      else note(entry, place, found);
    }
  }
  return found;
}

interface Listing {
  files: string[];
  faults: string[];
}

function note(entry: Dirent, path: string, { files, faults }: Listing): void {
  if (files.length + faults.length > MOST) throw new Error(`there are more than ${MOST} files in it`);
  if (entry.isFile()) files.push(path);
  else faults.push(`${path} is ${natureOf(entry)}, and a pack holds plain files only`);
}

function natureOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return "a link";
  return entry.isDirectory() ? `more than ${DEEPEST} folders deep` : "a pipe, a socket or a device";
}

/** The bytes of a plain file in pieces; no link is followed, and what is no file is not waited for. */
export async function* plainBytes(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw new Error("it is no plain file");
    yield* file.createReadStream({ highWaterMark: 256 * 1024, autoClose: false }) as AsyncIterable<Uint8Array>;
  } finally {
    await file.close();
  }
}

/** How long a file is and its SHA-256, or why that cannot be said. */
export async function measured(path: string): Promise<{ size: number; sha256: string } | { reason: string }> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const bytes of plainBytes(path)) {
      hash.update(bytes);
      size += bytes.length;
    }
  } catch (error) {
    return { reason: unreadable(error) };
  }
  return { size, sha256: hash.digest("hex") };
}

/** A whole file that may have so many bytes. */
export async function bounded(path: string, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of plainBytes(path)) {
    size += bytes.length;
    if (size > most) throw new Error(`it has more than ${most} bytes`);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/** Why a file could not be read, in words. */
export function unreadable(error: unknown): string {
  return isSystemError(error) ? reasonOf(error) : error instanceof Error ? error.message : String(error);
}
