import type { Coverage } from "../model/documents.gen.ts";

interface Told {
  event: Coverage;
  /** Equal in two shards where both tell of the same: the event's text, and how often the shard told it before. */
  key: string;
}

/**
 * The coverage of a run from that of its shards. Each tells all that it read, so they tell the same unless a read failed in
 * one of them; what several tell is told once, in an order that all agree with.
 */
export function mergeCoverage(lists: readonly (readonly Coverage[])[]): Coverage[] {
  const queues = lists.map((events) => numbered(events).reverse());
  const tellers = new Map<string, number>();
  for (const { key } of queues.flat()) tellers.set(key, (tellers.get(key) ?? 0) + 1);
  const merged = new Map<string, Coverage>();
  for (let heads = headsOf(queues, merged); heads.length > 0; heads = headsOf(queues, merged)) {
    const { key, event } = next(heads, tellers);
    merged.set(key, event);
  }
  return [...merged.values()];
}

function numbered(events: readonly Coverage[]): Told[] {
  const times = new Map<string, number>();
  return events.map((event) => {
    const text = JSON.stringify(event);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    return { event, key: `${before} ${text}` };
  });
}

/** What each shard tells next. */
function headsOf(queues: readonly Told[][], merged: ReadonlyMap<string, Coverage>): Told[] {
  return queues.flatMap((queue) => {
    let head = queue.at(-1);
    while (head && merged.has(head.key)) {
      queue.pop();
      head = queue.at(-1);
    }
    return head ? [head] : [];
  });
}

/** The first that no shard puts after anything still to come; where shards contradict each other, the first. */
function next(heads: readonly Told[], tellers: ReadonlyMap<string, number>): Told {
  const counts = new Map<string, number>();
  for (const { key } of heads) counts.set(key, (counts.get(key) ?? 0) + 1);
  const found = heads.find(({ key }) => counts.get(key) === tellers.get(key)) ?? heads[0];
  if (!found) throw new Error("there is nothing left to tell");
  return found;
}
