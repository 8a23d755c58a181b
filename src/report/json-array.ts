import type { Findings } from "../model/flow.ts";
import { json } from "../model/text.ts";

/** A JSON array with one element a line, so that two reports compare line by line; written while its elements come. */
export async function* jsonArray(
  elements: Findings | Iterable<unknown> | AsyncIterable<unknown>,
  indent: string,
): AsyncIterable<string> {
  const separated = (text: string, isFirst: boolean) => `${isFirst ? "[" : ","}\n${indent}  ${text}`;
  let isEmpty = true;
  if ("texts" in elements && elements.texts) {
    for (const text of elements.texts()) {
      yield separated(text, isEmpty);
      isEmpty = false;
    }
  } else {
    for await (const element of elements) {
      yield separated(json(element), isEmpty);
      isEmpty = false;
    }
  }
  yield isEmpty ? "[]" : `\n${indent}]`;
}
