import type { Coverage } from "../model/documents.gen.ts";
import type { Counts, Gathered, Origin } from "../model/flow.ts";
import type { Batch } from "./work.ts";

/** A batch to work on, with where it came from, and what is told before and after it. */
export interface Item {
  batch: Batch;
  origin: Origin;
  /** Coverage and settlings that came after the batch, in order. */
  after: ({ coverage: Coverage } | { settle: (counts: Counts) => Coverage[] })[];
}

/** Tokens that were read here go to work in batches of this many. */
const TOKENS = 400;

/** Puts what was gathered into batches. The order stays: what is told after a batch travels with it. */
export async function* batched(items: AsyncIterable<Gathered>, size = TOKENS): AsyncIterable<Item> {
  let open: Item | undefined;
  let number = 0;
  for await (const item of items) {
    if (!("origin" in item)) {
      open ??= { batch: { number: number++, tokens: [] }, origin: { source: "" }, after: [] };
      open.after.push(item);
    } else if (!joins(item, open, size)) {
      if (open) yield open;
      open = opened(item, number++);
    }
  }
  if (open) yield open;
}

function opened(item: Extract<Gathered, { origin: Origin }>, number: number): Item {
  const batch = "raw" in item ? { number, raw: item.raw } : { number, tokens: [item.token] };
  return { batch, origin: item.origin, after: [] };
}

/** Adds a token to the open batch if it belongs there. */
function joins(item: Extract<Gathered, { origin: Origin }>, open: Item | undefined, size: number): boolean {
  if (!open || "raw" in item || !("tokens" in open.batch)) return false;
  const { tokens } = open.batch;
  if (open.after.length > 0 || open.origin !== item.origin || tokens.length >= size) return false;
  tokens.push(item.token);
  return true;
}
