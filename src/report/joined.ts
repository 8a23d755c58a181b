import type { Findings } from "../model/flow.ts";
import { json } from "../model/text.ts";

/** The JSON of each element with a separator in between, in pieces; nothing where there are none. Findings that are kept as JSON are not read. */
export async function* joined(
  elements: Findings | Iterable<unknown> | AsyncIterable<unknown>,
  separator: string,
): AsyncIterable<string> {
  if ("joined" in elements && elements.joined) {
    yield* elements.joined(separator);
    return;
  }
  let before = "";
  for await (const element of elements) {
    yield before + json(element);
    before = separator;
  }
}
