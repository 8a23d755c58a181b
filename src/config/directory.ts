import { Readable } from "node:stream";
import { csvRows, type Row } from "../model/csv-rows.ts";
import type { Person } from "../model/intent.ts";
import { afterSpace, elements, JsonFault } from "../model/json-reader.ts";
import { lineFinder } from "../model/line-finder.ts";
import { readLines } from "../model/lines.ts";
import { isMapping } from "../model/mapping.ts";
import { shown } from "../model/shown.ts";
import { type Column, columnNamed, headerFaults } from "./directory-columns.ts";
import { openPeople, type Read } from "./directory-people.ts";
import type { ConfigFault } from "./fault.ts";

export interface DirectoryText {
  text: string;
  uri: string;
  /** What words mean that are not known by themselves. */
  states: Readonly<Record<string, string>>;
}

/** The people that an export names, CSV or JSON, or all that is wrong with it. */
export async function peopleIn(directory: DirectoryText): Promise<{ people: Person[]; faults: ConfigFault[] }> {
  const { text, uri } = directory;
  const first = text[afterSpace(text, 0)];
  const people = openPeople(directory);
  if (first === "[") readJson(directory, people);
  else if (first === "{") people.fault({ line: 1 }, "expected a list of people, found one object; write [{…}, {…}]");
  else await readCsv(directory, people);
  const read = people.close();
  if (read.faults.length === 0 && read.people.length === 0)
    return {
      people: [],
      faults: [{ position: { uri }, text: "it names nobody; export the people with their states" }],
    };
  return read;
}

type Columns = readonly (Column | undefined)[];

async function readCsv({ text }: DirectoryText, people: Read): Promise<void> {
  let columns: Columns | undefined;
  for await (const row of csvRows(readLines(Readable.from([Buffer.from(text)])))) {
    if (columns) addRow(row, columns, people);
    else columns = columnsOf(row, people);
    // Without its header no row can be understood.
    if (!columns) return;
  }
}

function columnsOf({ cells, place, fault }: Row, people: Read): Columns | undefined {
  const header = cells.map(({ text }) => text);
  const wrong = fault ? [`not valid CSV: ${fault.reason}`] : headerFaults(header);
  for (const one of wrong) people.fault(place, one);
  return wrong.length > 0 ? undefined : header.map(columnNamed);
}

function addRow({ cells, place, fault }: Row, columns: Columns, people: Read): void {
  const isEven = cells.length === columns.length;
  if (fault) people.fault(fault.place, `not valid CSV: ${fault.reason}`);
  // A row of empty cells is what spreadsheets leave behind.
  else if (cells.every(({ text }) => text.trim() === "")) return;
  else if (!isEven) people.fault(place, `a row of ${cells.length} cells under a header of ${columns.length}`);
  else people.add(place, inColumns(cells, columns));
}

function inColumns(cells: Row["cells"], columns: Columns): [Column, string][] {
  return columns.flatMap((column, index): [Column, string][] => (column ? [[column, cells[index]?.text ?? ""]] : []));
}

function readJson({ text }: DirectoryText, people: Read): void {
  const locate = lineFinder(text);
  const keys = new Set<string>();
  try {
    const list = elements(text, afterSpace(text, 0) + 1);
    let next = list.next();
    for (; !next.done; next = list.next()) {
      const place = locate(next.value.start);
      for (const { pointer, says } of next.value.faults) people.fault(place, `${pointer} ${says}`);
      addObject(next.value.value, { people, place, keys });
    }
    const end = afterSpace(text, next.value);
    if (end < text.length) throw new JsonFault(end, "more text after the list");
    if (keys.size > 0) for (const one of headerFaults([...keys])) people.fault({ line: 1 }, one);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    people.fault(locate(error.offset), `not valid JSON: ${error.message}`);
  }
}

function addObject(
  value: unknown,
  { people, place, keys }: { people: Read; place: { line: number }; keys: Set<string> },
): void {
  if (!isMapping(value)) return void people.fault(place, `expected a mapping of one person, found ${shown(value)}`);
  const row: [Column, string][] = [];
  for (const [key, one] of Object.entries(value)) {
    const column = columnNamed(key);
    if (!column) continue;
    keys.add(key);
    if (typeof one === "object" && one !== null) people.fault(place, `${column}: expected text, found ${shown(one)}`);
    else if (one !== null) row.push([column, String(one)]);
  }
  people.add(place, row);
}
