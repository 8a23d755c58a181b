import { merged, textOf } from "../gate/runs.ts";
import { openSorter } from "../gate/sorter.ts";
import type { Token } from "../model/documents.gen.ts";

/** Two inventories brought together by id, of any size: what does not fit into memory is sorted on disk. */
export interface Join {
  add(side: Side, token: Token): void;
  /** Each id once, in the order of ids. */
  pairs(): Iterable<Partial<Record<Side, Token>>>;
}

export type Side = "old" | "new";

/** Lines sorted at a time. */
const RUN = 5_000;

export function openJoin(scratch: () => string): Join {
  const sorter = openSorter(scratch, "diff");
  let lines: string[] = [];
  const flush = (): void => {
    sorter.add(new TextEncoder().encode(lines.sort().join("")));
    lines = [];
  };
  return {
    add(side, token) {
      lines.push(`${ascii(token.id)}\t${side}\t${JSON.stringify(token)}\n`);
      if (lines.length >= RUN) flush();
    },
    *pairs() {
      flush();
      let [id, pair]: [string | undefined, Partial<Record<Side, Token>>] = [undefined, {}];
      for (const line of merged(sorter.close())) {
        const [key, side, json] = cells(textOf(line));
        if (id !== undefined && key !== id) {
          yield pair;
          pair = {};
        }
        id = key;
        pair[side] = JSON.parse(json) as Token;
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
