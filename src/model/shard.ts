import { hash } from "node:crypto";
import type { Report, Token } from "./documents.gen.ts";

/** One part of a run that is split into several, counted from 1 and written `2/4`: the second of four. */
export type Shard = NonNullable<Report["shard"]>;

/** Every shard reads all that there is to read: more of them would share out little but their own start. */
export const MOST_SHARDS = 10_000;

/** The shard that a text names, or undefined: it names none. */
export function parseShard(text: string): Shard | undefined {
  const [, index = 0, of = 0] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text)?.map(Number) ?? [];
  return index >= 1 && index <= of && of <= MOST_SHARDS ? { index, of } : undefined;
}

export function writeShard({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/** Whether a token is judged in a shard, as a question to ask again and again; undefined: there is only one. */
export function memberOf(shard: Shard | undefined): ((token: Token) => boolean) | undefined {
  return shard && ((token) => isInShard(unitOf(token), shard));
}

/** What is shared out as one: a file of source code, else the token. */
function unitOf({ id, workflow, location }: Token): string {
  return workflow && location ? location.uri : id;
}

/** So many bytes make a number that needs no rounding. */
const BYTES = 6;

/**
 * Whether a unit (a file, a token's id) belongs to a shard: the first six bytes of the SHA-256 of its UTF-8,
 * read as one big-endian number, modulo the number of shards. The same on every machine and in every version.
 */
export function isInShard(unit: string, { index, of }: Shard): boolean {
  return hash("sha256", unit, "buffer").readUIntBE(0, BYTES) % of === index - 1;
}
