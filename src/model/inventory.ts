import { createHash } from "node:crypto";
import type { InventoryHeader, InventoryLine } from "./documents.gen.ts";
import type { Collected } from "./flow.ts";
import { inSchemaOrder } from "./schema.ts";

/** An inventory as NDJSON: header, tokens and coverage in the order they come, and an end line that vouches for every byte before it. */
export async function* writeInventory(header: InventoryHeader, items: AsyncIterable<Collected>): AsyncIterable<string> {
  const hash = createHash("sha256");
  const counts = { tokens: 0, coverage: 0 };
  const hashed = (content: InventoryLine): string => {
    const text = line(content);
    hash.update(text);
    return text;
  };
  yield hashed({ header });
  for await (const item of items) {
    counts["token" in item ? "tokens" : "coverage"] += 1;
    yield hashed("token" in item ? { token: withoutFacts(item.token) } : item);
  }
  yield line({ end: { ...counts, sha256: hash.digest("hex") } });
}

function line(content: InventoryLine): string {
  return `${JSON.stringify(inSchemaOrder("inventory", content))}\n`;
}

/** Facts depend on the as-of instant of whoever judges. */
function withoutFacts<Record extends { facts?: unknown }>({ facts: _, ...rest }: Record): Omit<Record, "facts"> {
  return rest;
}
