import type { Place } from "./line-finder.ts";
import type { Line } from "./lines.ts";

export interface Cell {
  text: string;
  place: Place;
}

/** One row of CSV, or what is wrong with the lines it stands on. */
export interface Row {
  cells: Cell[];
  place: Place;
  fault?: { reason: string; place: Place };
}

/** A row of more characters than this was not meant as one: a quotation mark is missing. */
const LONGEST_ROW = 1024 * 1024;

/**
 * The rows of comma-separated values as RFC 4180 has them; blank lines are passed over. After a faulty row it goes on
 * with the next line.
 */
export async function* csvRows(lines: AsyncIterable<Line>): AsyncIterable<Row> {
  let row: OpenRow | undefined;
  for await (const line of lines) {
    if (!row && line.text === "" && !line.fault) continue;
    row ??= { cells: [], line: line.number, length: 0 };
    takeLine(line, row);
    const isEndless = row.length > LONGEST_ROW;
    if (row.quoted && !isEndless) continue;
    yield finish(row);
    if (isEndless) return;
    row = undefined;
  }
  if (row) yield finish(row);
}

interface OpenRow {
  cells: Cell[];
  line: number;
  length: number;
  /** The quoted cell that is still open, in pieces. */
  quoted?: { pieces: string[]; place: Place };
  fault?: { reason: string; place: Place };
}

function finish({ cells, line, quoted, fault, length }: OpenRow): Row {
  const place = { line, column: 1 };
  if (quoted) return { cells, place, fault: { reason: NEVER_CLOSED, place: quoted.place } };
  if (length > LONGEST_ROW) return { cells, place, fault: { reason: TOO_LONG, place } };
  return { cells, place, ...(fault ? { fault } : {}) };
}

const NEVER_CLOSED = "the quotation mark that opens this cell is never closed; nothing after it is read";
const TOO_LONG = "a row longer than 1 MiB; nothing after it is read";

/** Offsets count from 0; behind every line, so that no cell follows. */
const NOWHERE = Number.POSITIVE_INFINITY;

function takeLine(line: Line, row: OpenRow): void {
  const { text, number } = line;
  row.length += line.fault === "too-long" ? NOWHERE : text.length + line.end.length;
  if (line.fault === "not-utf8") fail(row, "this line is not UTF-8 text", { line: number, column: 1 });
  for (let offset = 0; offset <= text.length; offset += 1) {
    const isQuoted = row.quoted !== undefined || text[offset] === '"';
    offset = isQuoted ? takeQuoted(line, offset, row) : takePlain(line, offset, row);
  }
}

/** Takes a cell without quotation marks; gives the offset of the comma after it. */
function takePlain({ text, number }: Line, offset: number, row: OpenRow): number {
  const comma = text.indexOf(",", offset);
  const end = comma === -1 ? text.length : comma;
  const cell = text.slice(offset, end);
  row.cells.push({ text: cell, place: { line: number, column: offset + 1 } });
  const quote = cell.indexOf('"');
  if (quote === -1) return end;
  const reason = "a quotation mark inside a cell that does not begin with one";
  return fail(row, reason, { line: number, column: offset + quote + 1 });
}

/** Takes a quoted cell, or the next line of one; gives the offset of the comma after it, or nowhere while it is open. */
function takeQuoted({ text, number, end }: Line, from: number, row: OpenRow): number {
  const { pieces, place } = row.quoted ?? { pieces: [], place: { line: number, column: from + 1 } };
  let offset = row.quoted ? from : from + 1;
  row.quoted = { pieces, place };
  let quote = text.indexOf('"', offset);
  while (quote !== -1 && text[quote + 1] === '"') {
    pieces.push(text.slice(offset, quote + 1));
    offset = quote + 2;
    quote = text.indexOf('"', offset);
  }
  pieces.push(text.slice(offset, quote === -1 ? undefined : quote));
  if (quote === -1) {
    pieces.push(end);
    return NOWHERE;
  }
  row.cells.push({ text: pieces.join(""), place });
  delete row.quoted;
  const isClosed = quote + 1 === text.length || text[quote + 1] === ",";
  if (isClosed) return quote + 1;
  return fail(row, "text after the closing quotation mark of a cell", { line: number, column: quote + 2 });
}

function fail(row: OpenRow, reason: string, place: Place): number {
  row.fault ??= { reason, place };
  return NOWHERE;
}
