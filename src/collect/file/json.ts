import { TokenwardError } from "../../model/errors.ts";
import { afterSpace, elements, JsonFault, type JsonValue, offsetOf, readJson } from "../../model/json-reader.ts";
import { lineFinder, type Place } from "../../model/line-finder.ts";
import type { Found, RawRecord } from "./found.ts";

/** The records of a JSON text: a list, an object with `tokens`, or one record alone. */
export function* jsonRecords(text: string): Iterable<Found> {
  const locate = lineFinder(text);
  try {
    for (const read of valuesIn(text)) yield { record: recordOf(text, read, locate) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const fault = new TokenwardError("FILE_SYNTAX", { format: "JSON", reason: error.message });
    yield { fault, place: locate(error.offset) };
  }
}

/** A record as read from its text; where its fields stand is found by reading once more, which only a fault asks for. */
export function recordOf(text: string, read: JsonValue, locate: (offset: number) => Place): RawRecord {
  return {
    value: read.value,
    faults: read.faults,
    place: locate(read.start),
    locate: (pointer) => locate(offsetOf(text, pointer, read.start)),
  };
}

/** Fails where anything but white space follows. */
export function expectEnd(text: string, from: number): void {
  const offset = afterSpace(text, from);
  if (offset < text.length)
    throw new JsonFault(offset, "more text after the end; one record a line is NDJSON, in a file that ends in .ndjson");
}

/** Only a first key `tokens` opens a list of records; any other object is a record. */
const WRAPPER = /^\s*\{\s*"tokens"\s*:\s*\[/;

function* valuesIn(text: string): Iterable<JsonValue> {
  const start = afterSpace(text, 0);
  const wrapper = WRAPPER.exec(text)?.[0];
  if (wrapper !== undefined) {
    const close = afterSpace(text, yield* elements(text, wrapper.length));
    if (text[close] !== "}") throw new JsonFault(close, 'a "}" is missing: beside tokens there is nothing else');
    expectEnd(text, close + 1);
  } else if (text[start] === "[") {
    expectEnd(text, yield* elements(text, start + 1));
  } else if (start < text.length) {
    const read = readJson(text, start);
    expectEnd(text, read.end);
    yield read;
  }
}
