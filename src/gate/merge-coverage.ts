import type { Coverage } from "../model/documents.gen.ts";

interface Told {
  event: Coverage;
  /** Equal in two shards where both tell of the same: all but what one shard got of it, and how often the shard told it before. */
  key: string;
}

/**
 * The coverage of a run from that of its shards. What several shards tell is told once, with what they got of it added up;
 * the order is one that every shard agrees with.
 */
export function mergeCoverage(lists: readonly (readonly Coverage[])[]): Coverage[] {
  const queues = lists.map((events) => numbered(events).reverse());
  const events = new Map<string, Coverage[]>();
  for (const { key, event } of queues.flat()) events.set(key, [...(events.get(key) ?? []), event]);
  const done = new Set<string>();
  for (let heads = headsOf(queues, done); heads.length > 0; heads = headsOf(queues, done)) {
    done.add(next(heads, events).key);
  }
  return [...done].flatMap((key) => together(events.get(key) ?? []));
}

function numbered(events: readonly Coverage[]): Told[] {
  const times = new Map<string, number>();
  return events.map((event) => {
    const { items, outcome, ...about } = event;
    const text = JSON.stringify([isReading(event) ? "read" : outcome, about]);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    return { event, key: `${before} ${text}` };
  });
}

/** What each shard tells next. */
function headsOf(queues: readonly Told[][], done: ReadonlySet<string>): Told[] {
  return queues.flatMap((queue) => {
    let head = queue.at(-1);
    while (head && done.has(head.key)) {
      queue.pop();
      head = queue.at(-1);
    }
    return head ? [head] : [];
  });
}

/** Of what no shard puts after anything that is still to come, the first by place. Where shards contradict each other: the first. */
function next(heads: readonly Told[], events: ReadonlyMap<string, readonly Coverage[]>): Told {
  const counts = new Map<string, number>();
  for (const { key } of heads) counts.set(key, (counts.get(key) ?? 0) + 1);
  const ready = heads.filter(({ key }) => counts.get(key) === events.get(key)?.length);
  const [first, ...others] = ready.length > 0 ? ready : heads.slice(0, 1);
  if (!first) throw new Error("there is nothing left to tell");
  return others.reduce((best, one) => (isBefore(one.event, best.event) ? one : best), first);
}

/** Files are read by name and from top to bottom, and told of as a whole at their end. */
function isBefore(one: Coverage, other: Coverage): boolean {
  const [file, otherFile] = [one.location?.uri ?? one.subject, other.location?.uri ?? other.subject];
  if (file !== otherFile) return file < otherFile;
  if (!one.location || !other.location) return one.location !== undefined && !other.location;
  const { line, column } = one.location;
  return line < other.location.line || (line === other.location.line && column < other.location.column);
}

/** A shard that got no token from a source that has some calls it empty. */
function together(events: readonly Coverage[]): Coverage[] {
  const [first] = events;
  if (!first) return [];
  const outcome = isReading(first) && events.some((event) => event.outcome === "read") ? "read" : first.outcome;
  return [{ ...first, outcome, items: events.reduce((sum, { items }) => sum + items, 0) }];
}

function isReading({ outcome }: Coverage): boolean {
  return outcome === "read" || outcome === "empty";
}
