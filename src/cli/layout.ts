import { visible } from "../model/text.ts";
import { widthOf } from "../report/width.ts";

/** Below this a last column would be a pillar of single words: it gets lines of its own. */
const NARROWEST = 24;
const OWN_LINE = "      ";

/** Rows as columns two blanks apart; the last column is broken where a width is given, else it runs free. In a list all rows are broken alike. */
export function aligned(
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
  { isAlike = false } = {},
): string {
  const shown = rows.map((row) => row.map(visible));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => widthOf(row[column] ?? ""))));
  const longest = (row: readonly string[]) => longestWord(row.at(-1) ?? "");
  const most = isAlike ? Math.max(...shown.map(longest)) : 0;
  return shown.map((row) => alignedRow(row, widths, { width, word: Math.max(most, longest(row)) })).join("");
}

function alignedRow(
  row: readonly string[],
  widths: readonly number[],
  { width, word }: { width: number; word: number },
): string {
  const before = row
    .slice(0, -1)
    .map((cell, column) => `${padded(cell, widths[column] ?? 0)}  `)
    .join("");
  const last = row.at(-1) ?? "";
  const indent = widthOf(before);
  if (indent + widthOf(last) <= width) return `${(before + last).trimEnd()}\n`;
  if (width - indent < Math.max(NARROWEST, Math.min(word, width - OWN_LINE.length)))
    return `${before.trimEnd()}\n${wrapped(last, width, OWN_LINE)}`;
  return before + wrapped(last, width, " ".repeat(indent)).slice(indent);
}

/** An identifier that would stick out of its column. */
function longestWord(text: string): number {
  return Math.max(...text.split(/\s/).map((word) => widthOf(word)));
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A paragraph broken at blanks, each line behind the same indent. */
export function wrapped(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of visible(text.replace(/\s+/g, " ").trim()).split(" ")) {
    if (line && indent.length + widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((one) => `${indent}${one}\n`).join("");
}
