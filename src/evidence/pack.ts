import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { EvidenceManifest } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { makeFolder } from "../model/folder.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { MANIFEST, SIGNATURE, SUMS, sumLine } from "./layout.ts";
import type { Signer } from "./signature.ts";

type Entry = EvidenceManifest["files"][number];
type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** A pack while it is written: beside its place, under another name, readable by its owner only. */
export interface Pack {
  /** Writes one file, as long as it may be; its place in the file system is given back. */
  add(path: string, pieces: Pieces, about?: Pick<Entry, "from" | "masked">): Promise<string>;
  /** Puts the pack, with its manifest, in its place. */
  close(about: Omit<EvidenceManifest, "schema_version" | "files" | "signature">, signer?: Signer): Promise<void>;
  /** Leaves nothing behind. */
  drop(): Promise<void>;
}

/** Opens a pack that will appear whole or not at all; where it could not be written, that shows before anything is read. */
export async function openPack(folder: string): Promise<Pack> {
  const told = <Made>(work: Promise<Made>): Promise<Made> => work.catch((cause: unknown) => refuse(folder, cause));
  await told(requireRoom(folder));
  const parent = dirname(folder);
  await told(makeFolder(parent));
  const temporary = await told(mkdtemp(join(parent, `.tokenward-tmp-${basename(folder)}-`)));
  const files: Entry[] = [];

  const write = async (path: string, pieces: Pieces): Promise<Entry> => {
    await mkdir(dirname(join(temporary, path)), { recursive: true, mode: 0o700 });
    return { path, ...(await poured(join(temporary, path), pieces)) };
  };
  return {
    async add(path, pieces, about = {}) {
      files.push({ ...(await told(write(path, pieces))), ...about });
      return join(temporary, path);
    },
    async close(about, signer) {
      const listed = files.sort((one, other) => (one.path < other.path ? -1 : 1));
      const manifest = manifestOf(about, listed, signer);
      const { sha256 } = await told(write(MANIFEST, [manifest]));
      if (signer) await told(write(SIGNATURE, [signer.sign(Buffer.from(manifest))]));
      await told(
        write(
          SUMS,
          [...listed, { sha256, path: MANIFEST }].map((one) => sumLine(one.sha256, one.path)),
        ),
      );
      await told(publish(temporary, folder));
    },
    drop: () => rm(temporary, { recursive: true, force: true }).catch(() => undefined),
  };
}

function manifestOf(
  { tool, node, as_of, bundle, outcome }: Parameters<Pack["close"]>[0],
  files: readonly Entry[],
  signer: Signer | undefined,
): string {
  const signature = signer ? { signature: signer.about } : {};
  const manifest = { schema_version: 1, tool, node, as_of, bundle, outcome, ...signature, files };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Nobody's files are overwritten or mixed with ours. */
async function requireRoom(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) throw refusal(folder, "something else of that name is there");
  if ((await readdir(folder)).length > 0) throw refusal(folder, "there are files in it already");
}

/** Renaming onto an empty folder is not possible everywhere. */
async function publish(temporary: string, folder: string): Promise<void> {
  await rmdir(folder).catch((error: unknown) => {
    if (!isSystemError(error) || error.code !== "ENOENT") throw error;
  });
  await rename(temporary, folder);
}

async function poured(path: string, pieces: Pieces): Promise<Pick<Entry, "size" | "sha256">> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const bytes of gathered(pieces)) {
      hash.update(bytes);
      size += bytes.length;
      // Writes until all is written, where a single write may take less.
      await file.writeFile(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex") };
}

const ENOUGH = 256 * 1024;

/** Small pieces, such as the lines of an inventory, are written many at a time. */
async function* gathered(pieces: Pieces): AsyncIterable<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    size += bytes.length;
    if (size < ENOUGH) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  yield Buffer.concat(waiting);
}

function refuse(folder: string, cause: unknown): never {
  throw isSystemError(cause) ? refusal(folder, reasonOf(cause), cause) : cause;
}

function refusal(folder: string, reason: string, cause?: unknown): TokenwardError {
  return new TokenwardError("EVIDENCE_FOLDER", { folder, reason }, { cause });
}
