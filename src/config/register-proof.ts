import { isDeepStrictEqual } from "node:util";
import type { RegisterEntry } from "../model/documents.gen.ts";
import type { Registered } from "../model/intent.ts";
import { byText } from "../model/text.ts";
import type { Edit } from "./line-edits.ts";
import { entriesIn } from "./register.ts";
import type { Block } from "./register-layout.ts";

/** Whether a text reads as these entries, in whatever order. */
export function holds(text: string, expected: readonly (RegisterEntry | Registered)[]): boolean {
  const { entries, faults } = entriesIn(text, "");
  return faults.length === 0 && isDeepStrictEqual(inOrder(entries), inOrder(expected));
}

/** New entries with those above them, as a text of their own, and what it has to read as: a long file need not be read again. */
export function sample(
  { lines, blocks, entries }: { lines: readonly string[]; blocks: readonly Block[]; entries: readonly Registered[] },
  edits: readonly Edit[],
  added: readonly RegisterEntry[],
): [text: string, expected: (RegisterEntry | Registered)[]] {
  const above = new Map(blocks.map(({ bottom }, index) => [bottom, index]));
  const texts = ["version: 1", "tokens:"];
  const expected: (RegisterEntry | Registered)[] = [...added];
  for (const { at, insert } of edits) {
    const index = above.get(at) ?? -1;
    const { dash, bottom } = blocks[index] ?? { dash: at, bottom: at };
    const entry = entries[index];
    if (entry) {
      expected.push(entry);
      texts.push(lines.slice(dash, bottom).join("").replace(/\n$/, ""));
    }
    texts.push(insert.join("\n"));
  }
  return [`${texts.join("\n")}\n`, expected];
}

/** Without their places. */
function inOrder(entries: readonly (RegisterEntry | Registered)[]): unknown[] {
  const bare = entries.map((entry) => ({ ...entry, by: undefined }));
  const keyed = bare.map((entry) => [JSON.stringify(entry.token), entry] as const);
  return keyed.sort(([one], [other]) => byText(one, other)).map(([, entry]) => entry);
}
