import { createHash } from "node:crypto";

/** Ours alone: a random UUID, so that nobody else's names give the same. */
const NAMESPACE = Buffer.from("7a1f4e0c52b94d6e9c3d8b6f1e2a4c57", "hex");

/** A UUID of version 5 (RFC 9562): the same name gives the same one in every run. */
export function uuidOf(...name: readonly string[]): string {
  const hash = createHash("sha1").update(NAMESPACE).update(name.join("\0")).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
