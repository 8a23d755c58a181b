import { json } from "../model/text.ts";

/** A JSON array with one element a line, so that two reports compare line by line; written while its elements come. */
export async function* jsonArray(
  elements: Iterable<unknown> | AsyncIterable<unknown>,
  indent: string,
): AsyncIterable<string> {
  let before = "[";
  for await (const element of elements) {
    yield `${before}\n${indent}  ${json(element)}`;
    before = ",";
  }
  yield before === "[" ? "[]" : `\n${indent}]`;
}
