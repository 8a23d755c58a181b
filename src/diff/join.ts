import { merged, textOf } from "../gate/runs.ts";
import { openSorter } from "../gate/sorter.ts";

/** What two sides hold brought together by id, of any size: what does not fit into memory is sorted on disk. */
export interface Join<One extends { id: string }> {
  add(side: Side, one: One): void;
  /** Each id once, in the order of ids. */
  pairs(): Iterable<Partial<Record<Side, One>>>;
}

export type Side = "old" | "new";

/** Lines sorted at a time. */
const RUN = 5_000;

/** Of what is joined comes back what JSON can hold; in the private folder its files begin with the name. */
export function openJoin<One extends { id: string }>(scratch: () => string, name: string): Join<One> {
  const sorter = openSorter(scratch, name);
  let lines: string[] = [];
  const flush = (): void => {
    sorter.add(new TextEncoder().encode(lines.sort().join("")));
    lines = [];
  };
  return {
    add(side, one) {
      lines.push(`${ascii(one.id)}\t${side}\t${JSON.stringify(one)}\n`);
      if (lines.length >= RUN) flush();
    },
    *pairs() {
      flush();
      let [id, pair]: [string | undefined, Partial<Record<Side, One>>] = [undefined, {}];
      for (const line of merged(sorter.close())) {
        const [key, side, json] = cells(textOf(line));
        if (id !== undefined && key !== id) {
          yield pair;
          pair = {};
        }
        id = key;
        pair[side] = JSON.parse(json) as One;
      }
      if (id !== undefined) yield pair;
    },
  };
}

function cells(line: string): [key: string, side: Side, json: string] {
  const first = line.indexOf("\t");
  const second = line.indexOf("\t", first + 1);
  return [line.slice(0, first), line.slice(first + 1, second) === "old" ? "old" : "new", line.slice(second + 1)];
}

/** Ids of other alphabets would sort in one way as text and in another as bytes. */
function ascii(id: string): string {
  return JSON.stringify(id).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
