import type { Collected } from "../../model/flow.ts";
import { inOrder } from "../../net/in-order.ts";
import type { Books } from "./books.ts";
import type { Reading } from "./list.ts";
import type { Reader } from "./reader.ts";
import type { Unit } from "./session.ts";
import type { Walked } from "./units.ts";

/** Projects and groups under way at a time; of one, its listings are asked for one after the other. */
export const AT_ONCE = 8;

/** Some listings of a project or of a group. */
export type Family = (reader: Reader, unit: Unit) => Promise<Reading[]>;

/** The listings of each project or group, in their order. */
export async function* readUnits(
  reader: Reader,
  books: Books,
  units: AsyncIterable<Walked>,
  families: readonly Family[],
): AsyncIterable<Collected> {
  const read = inOrder(units, AT_ONCE, async (walked) =>
    "unit" in walked ? readUnit(families, reader, walked.unit) : [walked],
  );
  for await (const found of read)
    for (const one of found) {
      if ("listing" in one) yield* books.note(one);
      else yield one;
    }
}

async function readUnit(families: readonly Family[], reader: Reader, unit: Unit): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const family of families) readings.push(...(await family(reader, unit)));
  return readings;
}
