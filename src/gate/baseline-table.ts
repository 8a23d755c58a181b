import { acceptances, type Baseline, entryId, lastDay } from "../model/baseline.ts";
import type { BaselineEntry } from "../model/documents.gen.ts";

/** A baseline in columns, ordered by id, in memory that all threads share: however many entries, however many threads. */
export interface BaselineTable {
  /** Four numbers for each entry: the id of its finding. */
  ids: Uint32Array<SharedArrayBuffer>;
  /** Where each stands in the file. */
  positions: Uint32Array<SharedArrayBuffer>;
  /** Days since 1970; of an entry without a last day, that is far away. */
  accepted: Int32Array<SharedArrayBuffer>;
  last: Int32Array<SharedArrayBuffer>;
  /** As what it was accepted, by its place in `acceptances`. */
  ranks: Uint8Array<SharedArrayBuffer>;
}

/** An entry as it is looked up. */
export interface Row {
  position: number;
  accepted: string;
  /** Absent: it has no last day. */
  until?: string;
  severity: BaselineEntry["severity"];
}

const WORDS = 4;
const DAY = 86_400_000;
const NEVER = 0x7fffffff;

export function tableOf({ entries, maxAge }: Baseline): BaselineTable {
  const ordered = entries.map((entry, position) => ({ id: entryId(entry), position }));
  ordered.sort((one, other) => (one.id < other.id ? -1 : 1));
  const { length } = ordered;
  const table = {
    ids: new Uint32Array(new SharedArrayBuffer(length * WORDS * 4)),
    positions: new Uint32Array(new SharedArrayBuffer(length * 4)),
    accepted: new Int32Array(new SharedArrayBuffer(length * 4)),
    last: new Int32Array(new SharedArrayBuffer(length * 4)),
    ranks: new Uint8Array(new SharedArrayBuffer(length)),
  };
  for (const [row, { id, position }] of ordered.entries()) {
    const entry = entries[position] as BaselineEntry;
    const last = lastDay(entry, maxAge);
    table.ids.set(wordsOf(id), row * WORDS);
    table.positions[row] = position;
    table.accepted[row] = dayNumber(entry.accepted);
    table.last[row] = last === undefined ? NEVER : dayNumber(last);
    table.ranks[row] = acceptances.indexOf(entry.severity);
  }
  return table;
}

/** The entry about a finding, by the finding's id; undefined: there is none. */
export function rowOf({ ids, positions, accepted, last, ranks }: BaselineTable, id: string): Row | undefined {
  const words = wordsOf(id);
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(ids, middle * WORDS, words) < 0) low = middle + 1;
    else high = middle;
  }
  if (low === positions.length || compare(ids, low * WORDS, words) !== 0) return undefined;
  const [rank = 0, until = NEVER] = [ranks[low], last[low]];
  return {
    position: positions[low] ?? 0,
    accepted: dayOf(accepted[low] ?? 0),
    ...(until === NEVER ? {} : { until: dayOf(until) }),
    severity: acceptances[rank] ?? "unknown",
  };
}

function compare(ids: Uint32Array, at: number, words: readonly number[]): number {
  for (const [offset, word] of words.entries()) {
    const difference = (ids[at + offset] ?? 0) - word;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The 32 hex digits of a finding's id as four numbers. */
function wordsOf(id: string): number[] {
  return Array.from({ length: WORDS }, (_, index) => Number.parseInt(id.slice(index * 8, index * 8 + 8), 16));
}

function dayNumber(day: string): number {
  return Date.parse(day) / DAY;
}

function dayOf(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}
