import type { RegisterEntry } from "../model/documents.gen.ts";
import type { Registered } from "../model/intent.ts";
import { byText } from "../model/text.ts";
import { type Edit, linesOf, withEdits } from "./line-edits.ts";
import type { RegisterText } from "./register.ts";
import { type EntryStyle, entryLines } from "./register-entry.ts";
import { type Block, isBlank, type Layout, layoutOf, type Misfit } from "./register-layout.ts";
import { holds, sample } from "./register-proof.ts";

export interface Wishes {
  /** One for each token. */
  add: readonly RegisterEntry[];
  /** Positions of entries. */
  drop?: ReadonlySet<number>;
}

const HEAD = "# What each token is for and what it may do; see docs/register.md.\nversion: 1\ntokens: []\n";
/** With it, what is added after the last entry and a change of that entry do not touch. */
const FOOT = "\n# The end of the list; new entries stand in the order of their ids.\n";
const NEW_STYLE: EntryStyle = { indent: 2, gap: 1, nested: 2 };

/** What a file begins with before it has an entry. */
export function newRegister(): string {
  return HEAD + FOOT;
}

/** The edits that put entries into a file and take others out, with all else left as it is; or why that cannot be done safely. */
export function registerEdits(before: Pick<RegisterText, "text" | "entries">, wishes: Wishes): Edit[] | Misfit {
  const { text, entries } = before;
  if (wishes.add.length === 0 && !wishes.drop?.size) return [];
  const lines = linesOf(text);
  if (entries.length === 0) return proven(intoEmpty(lines, wishes.add), before, wishes);
  const layout = layoutOf(lines, entries.map(lineOf));
  if ("reason" in layout) return layout;
  const edits = intoList(lines, layout, { entries, ...wishes });
  if (!Array.isArray(edits)) return edits;
  const isSure = !wishes.drop?.size && holds(...sample({ lines, blocks: layout.blocks, entries }, edits, wishes.add));
  return isSure ? edits : proven(edits, before, wishes);
}

/** The edits, once the whole file was read again and says what it should. */
function proven(
  edits: Edit[] | Misfit,
  before: Pick<RegisterText, "text" | "entries">,
  wishes: Wishes,
): Edit[] | Misfit {
  if (!Array.isArray(edits)) return edits;
  const kept = before.entries.filter((_, index) => !wishes.drop?.has(index));
  if (holds(withEdits(before.text, edits), [...kept, ...wishes.add])) return edits;
  const [{ at, remove } = { at: 0, remove: 0 }] = edits;
  return { line: remove > 0 || at === 0 ? at : at - 1, reason: "what stands here would get another meaning" };
}

const EMPTY = /^((?:--- +)? *["']?tokens["']?[ \t]*:)[ \t]*\[[ \t]*\]([ \t]*(?:#.*)?\r?\n?)$/;

function intoEmpty(lines: readonly string[], add: readonly RegisterEntry[]): Edit[] | Misfit {
  const at = lines.findIndex((line) => EMPTY.test(line));
  const [, key = "", rest = ""] = EMPTY.exec(lines[at] ?? "") ?? [];
  if (at === -1) {
    const line = lines.findIndex((one) => /^[^#]*tokens/.test(one));
    return { line: Math.max(line, 0), reason: "the empty list is not written as `tokens: []` on a line of its own" };
  }
  const head = key + (rest.trim() === "" ? "" : rest.trimEnd());
  return [{ at, remove: 1, insert: [head, ...separated(sorted(add), NEW_STYLE)] }];
}

function intoList(
  lines: readonly string[],
  layout: Layout,
  wishes: Wishes & Pick<RegisterText, "entries">,
): Edit[] | Misfit {
  const { entries, add, drop } = wishes;
  const isKept = (index: number) => !drop?.has(index);
  const removals = layout.blocks.flatMap((block, index) => (isKept(index) ? [] : [removal(block, lines)]));
  const additions = insertions(lines, layout, { entries, isKept, add });
  if (add.length > 0 || removals.length < layout.blocks.length) return [...additions, ...removals].sort(byPlace);
  const emptied = emptyList(lines, layout.blocks[0]?.dash ?? 0);
  return "reason" in emptied ? emptied : [emptied, ...removals];
}

function byPlace(one: Edit, other: Edit): number {
  return one.at - other.at || one.remove - other.remove;
}

function lineOf({ by }: Registered): number {
  return Number(/:(\d+)$/.exec(by)?.[1] ?? 1) - 1;
}

interface Additions {
  entries: readonly Registered[];
  isKept: (index: number) => boolean;
  add: readonly RegisterEntry[];
}

/** Each new entry behind the one whose id comes before its own, and whatever order is there stays. */
function insertions(lines: readonly string[], { blocks, style }: Layout, { entries, isKept, add }: Additions): Edit[] {
  const kept = entries.flatMap(({ token }, index) =>
    typeof token === "string" && isKept(index) ? [{ id: token, index }] : [],
  );
  kept.sort((one, other) => byText(one.id, other.id) || one.index - other.index);
  const first = kept[0]?.index;
  const last = entries.findLastIndex((_, index) => isKept(index));
  return [...grouped(kept, add)].flatMap(([place, group]) => {
    const added = separated(group, style);
    // Without an id to compare with, they go behind the patterns.
    const above = blocks[first === undefined ? last : (kept[place - 1]?.index ?? -1)];
    if (above) return [behindBlock(lines, above.bottom, added)];
    const below = blocks[first ?? 0];
    return below ? [{ at: below.top, remove: 0, insert: last === -1 ? added : [...added, ""] }] : [];
  });
}

/** New entries in their order, by how many of the kept ones come before. */
function grouped(kept: readonly { id: string }[], add: readonly RegisterEntry[]): Map<number, RegisterEntry[]> {
  const groups = new Map<number, RegisterEntry[]>();
  let place = 0;
  for (const entry of sorted(add)) {
    while (place < kept.length && (kept[place]?.id ?? "") < idOf(entry)) place += 1;
    const group = groups.get(place);
    if (group) group.push(entry);
    else groups.set(place, [entry]);
  }
  return groups;
}

/** An empty line on either side: then a change of one entry and of the next do not touch. */
function behindBlock(lines: readonly string[], at: number, added: readonly string[]): Edit {
  const next = lines[at];
  const above = isBlank(lines[at - 1] ?? "") ? [] : [""];
  const below = next === undefined || isBlank(next) ? [] : [""];
  return { at, remove: 0, insert: [...above, ...added, ...below] };
}

/** An entry with the empty lines below it; at the end of the file, with those above. */
function removal({ top, bottom }: Block, lines: readonly string[]): Edit {
  let [from, to] = [top, bottom];
  while (to < lines.length && isBlank(lines[to] ?? "")) to += 1;
  while (to === lines.length && from > 0 && isBlank(lines[from - 1] ?? "")) from -= 1;
  return { at: from, remove: to - from, insert: [] };
}

/** Without an entry the key would have no value. */
function emptyList(lines: readonly string[], dash: number): Edit | Misfit {
  for (let at = dash - 1; at >= 0; at -= 1) {
    const [, key, rest = ""] = /^( *["']?tokens["']?[ \t]*:)([ \t]*(?:#.*)?)\r?\n?$/.exec(lines[at] ?? "") ?? [];
    if (key !== undefined) return { at, remove: 1, insert: [`${key} []${rest.trimEnd()}`] };
  }
  return { line: dash, reason: "no line above says `tokens:` alone, which would have to become `tokens: []`" };
}

function separated(entries: readonly RegisterEntry[], style: EntryStyle): string[] {
  return entries.flatMap((entry, index) => [...(index === 0 ? [] : [""]), ...entryLines(entry, style)]);
}

function sorted(entries: readonly RegisterEntry[]): RegisterEntry[] {
  return [...entries].sort((one, other) => byText(idOf(one), idOf(other)));
}

function idOf({ token }: RegisterEntry): string {
  return typeof token === "string" ? token : "";
}
