import type { Readable } from "node:stream";
import { maskSecrets } from "../../model/mask.ts";

const KEPT = 4_096;
/** Shorter values are words that may stand anywhere. */
const SHORTEST_SECRET = 6;

/** The end of what a program says beside its result, however much that is, without the secrets that it was given. */
export function keepTail(stream: Readable, secrets: readonly string[]): () => string {
  const hidden = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(spellings);
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
    return maskSecrets(hidden.reduce((left, secret) => left.replaceAll(secret, "***"), text)).trim();
  };
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
}
