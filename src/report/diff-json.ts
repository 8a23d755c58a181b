import type { Diff } from "../model/documents.gen.ts";
import { json } from "../model/text.ts";
import { jsonArray } from "./json-array.ts";

/** The document of `schemas/diff.json`, one change a line. */
export async function* renderDiffJson({ tokens, findings, ...head }: Diff): AsyncIterable<string> {
  yield "{\n";
  for (const [key, value] of Object.entries(head)) yield `  "${key}": ${json(value)},\n`;
  yield `  "${tokens ? "tokens" : "findings"}": `;
  yield* jsonArray(tokens ?? findings ?? [], "  ");
  yield "\n}\n";
}
