import { createReadStream } from "node:fs";
import type { Coverage, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Origin } from "../model/flow.ts";
import { readInventory } from "../model/inventory-reader.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";

const ORIGIN: Origin = { source: "inventory" };

/** What the inventory of a pack holds, as it was collected: one that is not whole is not judged at all. */
export async function* recorded(
  path: string,
): AsyncIterable<{ token: Token; origin: Origin } | { coverage: Coverage }> {
  for await (const event of readInventory(bytesOf(path))) {
    if ("fault" in event) throw event.fault;
    if ("token" in event) yield { token: event.token, origin: ORIGIN };
    if ("coverage" in event) yield { coverage: event.coverage };
  }
}

async function* bytesOf(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 });
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new TokenwardError("FILE_UNREADABLE", { path, reason: reasonOf(cause) }, { cause });
  }
}
