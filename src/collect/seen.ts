/** Where a token stood that has passed: an index into the names of inputs (0: nowhere), and a line. */
export interface Place {
  name: number;
  line: number;
}

/** The ids that have passed, as 64-bit hashes: all that collecting keeps of them. */
export interface Seen {
  /** Where the id stood before, or undefined and the id is kept with this place. */
  before(high: number, low: number, name: number, line: number): Place | undefined;
  /** How many ids came when the table was full and were not compared with each other. */
  unchecked(): number;
}

const SMALLEST = 1 << 12;
/** 32 MiB at the most; ids beyond are compared with these, and by `late.ts` with each other. */
const LARGEST = 1 << 21;
const FIELDS = 4;

/**
 * A table of ids with open addressing. Two ids that are not the same have the same hash once in 10^13 pairs; then a token
 * is reported as a duplicate and the run is incomplete, never silently clean.
 */
export function openSeen(largest = LARGEST): Seen {
  let table = new Uint32Array(SMALLEST * FIELDS);
  let [slots, used, late] = [SMALLEST, 0, 0];

  const slotOf = (high: number, low: number): number => {
    let slot = (low & (slots - 1)) * FIELDS;
    while (table[slot + 3] !== 0 && (table[slot] !== high || table[slot + 1] !== low)) {
      slot = (slot + FIELDS) & (slots * FIELDS - 1);
    }
    return slot;
  };
  const grow = (): void => {
    const old = table;
    slots *= 2;
    table = new Uint32Array(slots * FIELDS);
    for (let at = 0; at < old.length; at += FIELDS) {
      if (old[at + 3] !== 0) table.set(old.subarray(at, at + FIELDS), slotOf(old[at] ?? 0, old[at + 1] ?? 0));
    }
  };

  return {
    before(high, low, name, line) {
      const slot = slotOf(high, low);
      if (table[slot + 3] !== 0) return { line: table[slot + 2] ?? 0, name: (table[slot + 3] ?? 1) - 1 };
      if (used * 2 >= slots && slots === largest) {
        late += 1;
        return undefined;
      }
      table[slot] = high;
      table[slot + 1] = low;
      table[slot + 2] = line;
      table[slot + 3] = name + 1;
      used += 1;
      if (used * 2 >= slots && slots < largest) grow();
      return undefined;
    },
    unchecked: () => late,
  };
}

/** Two times 32 bits of an id, each its own mix of all characters. */
export function hashOf(id: string): [high: number, low: number] {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [high >>> 0, low >>> 0];
}
