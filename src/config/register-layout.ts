import type { EntryStyle } from "./register-entry.ts";

/** The lines of one entry, as counted from 0; comments that belong to it are among them. */
export interface Block {
  /** The first line, be it a comment right above. */
  top: number;
  /** Where its dash stands. */
  dash: number;
  /** The line after its last. */
  bottom: number;
}

export interface Layout {
  blocks: Block[];
  style: EntryStyle;
}

/** Why a file cannot be added to, and on which line, counted from 0. */
export interface Misfit {
  line: number;
  reason: string;
}

/** Where entries stand in the lines of a file, given the line on which the value of each begins; its parser has already found no fault. */
export function layoutOf(lines: readonly string[], begins: readonly number[]): Layout | Misfit {
  const dashes: number[] = [];
  for (const begin of begins) {
    const dash = dashAbove(lines, begin, dashes.at(-1) ?? -1);
    if (dash === undefined) return { line: begin, reason: "an entry does not begin with a dash on a line of its own" };
    dashes.push(dash);
  }
  const [first = 0] = dashes;
  const indent = indentOf(lines[first] ?? "");
  const odd = dashes.find((dash) => indentOf(lines[dash] ?? "") !== indent);
  if (odd !== undefined) return { line: odd, reason: "its dash stands in another column than that of the first entry" };
  return { blocks: blocksOf(lines, dashes, indent), style: styleOf(lines, dashes, indent) };
}

const DASH = /^ *-(?:[ \t]|\r?\n|$)/;
const COMMENT = /^[ \t]*#/;

/** The line of an entry's dash: that of its value or, where the dash stands alone, one above. */
function dashAbove(lines: readonly string[], begin: number, before: number): number | undefined {
  for (let at = begin; at > before; at -= 1) if (DASH.test(lines[at] ?? "")) return at;
  return undefined;
}

function blocksOf(lines: readonly string[], dashes: readonly number[], indent: number): Block[] {
  const isLow = (line: string) => COMMENT.test(line) && indentOf(line) <= indent;
  const isGap = (at: number) => isBlank(lines[at] ?? "") || isLow(lines[at] ?? "");
  const tops = dashes.map((dash) => {
    let top = dash;
    while (top > 0 && isLow(lines[top - 1] ?? "")) top -= 1;
    return top;
  });
  return dashes.map((dash, index) => {
    let bottom = dashes[index + 1] ?? endOfList(lines, dash, indent);
    while (bottom > dash + 1 && isGap(bottom - 1)) bottom -= 1;
    // A comment right below is the entry's own, unless it stands right above the next one.
    const next = tops[index + 1] ?? lines.length;
    while (bottom < next && isLow(lines[bottom] ?? "")) bottom += 1;
    return { top: tops[index] ?? dash, dash, bottom };
  });
}

/** The first line behind the last entry that is no longer part of the list. */
function endOfList(lines: readonly string[], dash: number, indent: number): number {
  let end = dash + 1;
  while (end < lines.length) {
    const line = lines[end] ?? "";
    if (!isBlank(line) && !COMMENT.test(line) && indentOf(line) <= indent) break;
    end += 1;
  }
  return end;
}

/** As the entries there are do it. */
function styleOf(lines: readonly string[], dashes: readonly number[], indent: number): EntryStyle {
  const gaps = dashes.flatMap((dash) => /^ *-( +)[^\s#]/.exec(lines[dash] ?? "")?.[1]?.length ?? []);
  const gap = gaps[0] ?? 1;
  return { indent, gap, nested: nestedIn(lines, dashes[0] ?? 0, indent + 1 + gap) ?? indent };
}

/** How much further in than its key the first list of an entry stands. */
function nestedIn(lines: readonly string[], from: number, column: number): number | undefined {
  for (let at = from; at + 1 < lines.length; at += 1) {
    const isKey = /^[ -]*[a-z_]+:[ \t]*(?:#.*)?\r?\n?$/.test(lines[at] ?? "");
    const [, before] = isKey ? (/^( *)- /.exec(lines[at + 1] ?? "") ?? []) : [];
    if (before !== undefined && before.length >= column) return before.length - column;
  }
  return undefined;
}

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
