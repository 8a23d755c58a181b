import { TokenwardError } from "../../model/errors.ts";
import { readInventoryLines } from "../../model/inventory-reader.ts";
import type { Line } from "../../model/lines.ts";
import type { Found } from "./found.ts";
import { expectEnd, recordOf } from "./json.ts";
import { afterSpace, JsonFault, readJson } from "./json-reader.ts";

/** The records of NDJSON, one a line; a header in the first line makes it an inventory of ours. */
export async function* ndjsonRecords(lines: AsyncIterable<Line>): AsyncIterable<Found> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const all = startingWith(first.value, iterator);
  if (HEADER.test(first.value.text)) yield* inventory(all);
  else for await (const line of all) yield* plainLine(line);
}

const HEADER = /^\s*\{\s*"header"\s*:/;

async function* startingWith<Item>(first: Item, rest: AsyncIterator<Item>): AsyncIterable<Item> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

async function* inventory(lines: AsyncIterable<Line>): AsyncIterable<Found> {
  for await (const event of readInventoryLines(lines)) {
    const place = { line: event.line, column: 1 };
    if ("token" in event) yield { token: event.token, place };
    else if ("fault" in event) yield { fault: event.fault, place };
    else if ("coverage" in event) yield { coverage: event.coverage };
  }
}

function* plainLine({ number, text, fault }: Line): Iterable<Found> {
  const locate = (offset: number) => ({ line: number, column: offset + 1 });
  if (fault) {
    yield { fault: unreadable(fault), place: locate(0) };
    return;
  }
  if (afterSpace(text, 0) === text.length) return;
  try {
    const read = readJson(text);
    expectEnd(text, read.end);
    yield { record: recordOf(text, read, locate) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const reason = error.message;
    yield { fault: new TokenwardError("FILE_SYNTAX", { format: "NDJSON", reason }), place: locate(error.offset) };
  }
}

function unreadable(fault: NonNullable<Line["fault"]>): TokenwardError {
  if (fault === "not-utf8") return new TokenwardError("FILE_ENCODING", { found: "this line holds other bytes" });
  return new TokenwardError("FILE_SYNTAX", { format: "NDJSON", reason: "a line longer than 16 MiB" });
}
