import type { Collected } from "../../model/flow.ts";
import { inOrder } from "../../net/in-order.ts";
import type { Books } from "./books.ts";
import type { Reading } from "./list.ts";
import { type Family, readProject } from "./project.ts";
import type { Reader } from "./reader.ts";
import type { Walked } from "./units.ts";

/** Projects and groups under way at a time; of one, its listings are asked for one after the other. */
export const AT_ONCE = 8;

/** The listings of each project, in the order of the projects. */
export async function* readProjects(
  reader: Reader,
  books: Books,
  projects: AsyncIterable<Walked>,
  families: readonly Family[],
): AsyncIterable<Collected> {
  const read = inOrder(projects, AT_ONCE, async (walked) =>
    "unit" in walked ? readProject(families, reader, walked.unit) : walked,
  );
  for await (const readings of read) yield* noted(books, readings);
}

/** What has to be told of what was read of one project or group. */
export function noted(books: Books, readings: readonly Reading[] | Collected): readonly Collected[] {
  if ("token" in readings || "coverage" in readings) return [readings];
  return readings.flatMap((reading) => books.note(reading));
}
