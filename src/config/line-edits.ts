/** A change of whole lines: so many from a line on, counted from 0, give way to others, which are told without their ends. */
export interface Edit {
  at: number;
  remove: number;
  insert: readonly string[];
}

/** The lines of a text, each with its end. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A text with edits, which are in order and do not overlap; new lines end as the one above them does. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  const lines = linesOf(text);
  let result = "";
  let next = 0;
  for (const { at, remove, insert } of edits) {
    result += lines.slice(next, at).join("");
    const end = endOf(lines[at - 1] ?? lines[0] ?? "\n", text);
    if (insert.length > 0 && result !== "" && !result.endsWith("\n")) result += end;
    for (const line of insert) result += line + end;
    next = at + remove;
  }
  return result + lines.slice(next).join("");
}

/** Edits as a diff without context, one hunk each. */
export function diffLines(text: string, edits: readonly Edit[]): string[] {
  const lines = linesOf(text);
  let shift = 0;
  return edits.flatMap(({ at, remove, insert }) => {
    const hunk = `@@ -${range(at, remove)} +${range(at + shift, insert.length)} @@`;
    shift += insert.length - remove;
    const gone = lines.slice(at, at + remove).map((line) => `-${line.replace(/\r?\n$/, "")}`);
    return [hunk, ...gone, ...insert.map((line) => `+${line}`)];
  });
}

/** A range of no lines is named by the line before it. */
function range(at: number, count: number): string {
  if (count === 0) return `${at},0`;
  return count === 1 ? `${at + 1}` : `${at + 1},${count}`;
}

function endOf(line: string, text: string): string {
  if (line.endsWith("\n")) return line.endsWith("\r\n") ? "\r\n" : "\n";
  return text.includes("\r\n") ? "\r\n" : "\n";
}
