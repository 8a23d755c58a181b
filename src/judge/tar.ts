import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** The files of a gzipped tar archive as OPA writes it (plain ustar entries), by path without the leading `/`. */
export function filesIn(archive: Uint8Array): Map<string, Buffer> {
  const bytes = gunzipSync(archive);
  const files = new Map<string, Buffer>();
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const path = field(bytes, offset, 100).replace(/^\//, "");
    const size = Number.parseInt(field(bytes, offset + 124, 12), 8);
    files.set(path, bytes.subarray(offset + BLOCK, offset + BLOCK + size));
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function field(bytes: Buffer, start: number, length: number): string {
  return bytes.toString("utf8", start, start + length).replace(/\0.*$/s, "");
}
