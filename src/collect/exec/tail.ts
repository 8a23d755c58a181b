import type { Readable } from "node:stream";
import { openMasking } from "../../net/masking.ts";

const KEPT = 4_096;

/** The end of what a program says beside its result, however much that is, without the secrets that it was given. */
export function keepTail(stream: Readable, secrets: readonly string[]): () => string {
  const masking = openMasking(secrets);
  let kept: Buffer = Buffer.alloc(0);
  let isCut = false;
  stream.on("error", () => undefined);
  stream.on("data", (chunk: Buffer) => {
    isCut ||= kept.length + chunk.length > KEPT;
    kept = Buffer.concat([kept, chunk]).subarray(-KEPT);
  });
  return () => {
    // The first word may be the end of a secret.
    const text = isCut ? kept.toString("utf8").replace(/^\S*/, "…") : kept.toString("utf8");
    return masking.text(text).trim();
  };
}
