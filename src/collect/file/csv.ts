import { csvRows, type Row } from "../../model/csv-rows.ts";
import { TokenwardError } from "../../model/errors.ts";
import type { Line } from "../../model/lines.ts";
import { nearest } from "../../model/nearest.ts";
import { shown } from "../../model/shown.ts";
import { columnOf, columns, fieldOf, recordFrom } from "./csv-columns.ts";
import type { Found, RawRecord } from "./found.ts";

/** The records of comma-separated values whose first row names the columns. */
export async function* csvRecords(lines: AsyncIterable<Line>): AsyncIterable<Found> {
  let header: string[] | undefined;
  for await (const row of csvRows(lines)) {
    if (header) yield* rowRecord(row, header);
    else {
      header = row.cells.map(({ text }) => columnName(text));
      const reasons = row.fault ? [row.fault.reason] : headerFaults(header);
      if (reasons.length === 0) continue;
      const place = row.fault?.place ?? row.place;
      yield { fault: new TokenwardError("CSV_HEADER", { reasons: reasons.join("; ") }), place };
      return;
    }
  }
}

/** Labels keep their own spelling; the rest is known in small letters. */
function columnName(text: string): string {
  const name = text.trim();
  return name.startsWith("label.") ? name : name.toLowerCase();
}

function headerFaults(header: readonly string[]): string[] {
  const unknown = header.filter((name) => fieldOf(name) === undefined).map(unknownColumn);
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  const missing = ["account", "kind"].filter((name) => !header.includes(name));
  if (!header.includes("id") && !header.includes("native_id")) missing.push("id (or native_id)");
  return [
    ...unknown,
    ...repeated.map((name) => `column ${name} is there twice`),
    ...missing.map((name) => `column ${name} is missing`),
    ...(header.length === 1 && /[;\t|]/.test(header[0] ?? "") ? ["the cells are not separated by commas"] : []),
  ].slice(0, FAULTS_TOLD);
}

const FAULTS_TOLD = 20;

function unknownColumn(name: string): string {
  const near = nearest(name, Object.keys(columns));
  return `${shown(name)} is no column${near === undefined ? "" : `, perhaps ${near} was meant`}`;
}

function* rowRecord(row: Row, header: readonly string[]): Iterable<Found> {
  const fault = row.fault ?? countFault(row, header);
  if (fault)
    yield { fault: new TokenwardError("FILE_SYNTAX", { format: "CSV", reason: fault.reason }), place: fault.place };
  else if (row.cells.some(({ text }) => text.trim() !== "")) yield { record: recordOf(row, header) };
}

function countFault({ cells, place }: Row, header: readonly string[]): Row["fault"] {
  if (cells.length === header.length) return undefined;
  const count = cells.length === 1 ? "1 cell" : `${cells.length} cells`;
  return { reason: `a row of ${count} under a header of ${header.length}`, place };
}

function recordOf({ cells, place }: Row, header: readonly string[]): RawRecord {
  return {
    value: recordFrom(new Map(header.map((name, index) => [name, cells[index]?.text ?? ""]))),
    place,
    locate: (pointer) => cells[header.indexOf(columnOf(pointer))]?.place ?? place,
    nameOf: columnOf,
  };
}
