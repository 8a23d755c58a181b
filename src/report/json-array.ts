import type { Findings } from "../model/flow.ts";
import { joined } from "./joined.ts";

/** A JSON array with one element a line, so that two reports compare line by line; written while its elements come. */
export async function* jsonArray(
  elements: Findings | Iterable<unknown> | AsyncIterable<unknown>,
  indent: string,
): AsyncIterable<string> {
  let isEmpty = true;
  for await (const piece of joined(elements, `,\n${indent}  `)) {
    yield isEmpty ? `[\n${indent}  ${piece}` : piece;
    isEmpty = false;
  }
  yield isEmpty ? "[]" : `\n${indent}]`;
}
