import { cut, type Part } from "../../model/cut.ts";
import { TokenwardError } from "../../model/errors.ts";
import { readPlain } from "../../model/exact-json.ts";
import { readInventoryLines } from "../../model/inventory-reader.ts";
import { afterSpace, JsonFault, readJson } from "../../model/json-reader.ts";
import type { Place } from "../../model/line-finder.ts";
import { type Line, linesOf, readLines } from "../../model/lines.ts";
import { mayHoldSecret } from "../../model/mask.ts";
import { isNormal } from "../../model/normalise.ts";
import type { Found, FoundToken } from "./found.ts";
import { expectEnd, recordOf } from "./json.ts";

/** What NDJSON gives: an inventory of ours line by line, because it must be whole; plain records as lines to be read later. */
export async function* ndjson(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Found | { part: Part }> {
  const [head, all] = await withHead(chunks);
  if (HEADER.test(head)) yield* inventory(readLines(all));
  else for await (const part of cut(all)) yield { part };
}

/** The records of whole lines, or only some of them, counted from 0. */
export function* recordsIn(bytes: Uint8Array, first: number, only?: ReadonlySet<number>): Iterable<Found> {
  let passed = 0;
  for (const line of linesOf(bytes, first)) {
    if (isBlank(line) || (only && !only.has(passed++))) continue;
    yield plainLine(line);
  }
}

/** A line of text without a record; what cannot be read is none. */
function isBlank({ text, fault }: Pick<Line, "text" | "fault">): boolean {
  return !fault && afterSpace(text, 0) === text.length;
}

const HEADER = /^\uFEFF?\s*\{\s*"header"\s*:/;
const ENOUGH_FOR_A_HEADER = 64;

/** The beginning of a stream as text, and the whole stream. */
async function withHead(chunks: AsyncIterable<Uint8Array>): Promise<[string, AsyncIterable<Uint8Array>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let length = 0; length < ENOUGH_FOR_A_HEADER; length += seen.at(-1)?.length ?? 0) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
  }
  async function* all(): AsyncIterable<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return [Buffer.concat(seen).toString("utf8", 0, ENOUGH_FOR_A_HEADER), all()];
}

async function* inventory(lines: AsyncIterable<Line>): AsyncIterable<Found> {
  for await (const event of readInventoryLines(lines)) {
    const place = { line: event.line, column: 1 };
    if ("token" in event) yield { token: event.token, place };
    else if ("fault" in event) yield { fault: event.fault, place };
    else if ("coverage" in event) yield { coverage: event.coverage };
  }
}

function plainLine({ number, text, fault }: Pick<Line, "number" | "text" | "fault">): Found {
  const locate = (offset: number) => ({ line: number, column: offset + 1 });
  if (fault) return { fault: unreadable(fault), place: locate(0) };
  const plain = plainToken(text, locate(0));
  if (plain) return plain;
  try {
    const read = readJson(text);
    expectEnd(text, read.end);
    return { record: recordOf(text, read, locate) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const reason = error.message;
    return { fault: new TokenwardError("FILE_SYNTAX", { format: "NDJSON", reason }), place: locate(error.offset) };
  }
}

/** What programs write is mostly in order, and to see that is many times faster than to look for what is not. */
function plainToken(text: string, place: Place): FoundToken | undefined {
  const token = readPlain(text);
  if (!isNormal(token)) return undefined;
  return { token, place, isClean: !text.includes("%") && !mayHoldSecret(text) };
}

function unreadable(fault: NonNullable<Line["fault"]>): TokenwardError {
  if (fault === "not-utf8") return new TokenwardError("FILE_ENCODING", { found: "this line holds other bytes" });
  return new TokenwardError("FILE_SYNTAX", { format: "NDJSON", reason: "a line longer than 16 MiB" });
}
