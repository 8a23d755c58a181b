import { isFieldWord } from "../../model/field-words.ts";
import { parseGrants } from "../../model/grant-text.ts";
import { below, keysOf } from "../../model/pointer.ts";

/** The columns a CSV inventory may have, each with the field of the token record it fills. */
export const columns = {
  id: "/id",
  provider: "/provider",
  account: "/account",
  kind: "/kind",
  native_id: "/native_id",
  name: "/name",
  owner: "/owner",
  principal_id: "/principal/id",
  principal_type: "/principal/type",
  principal_name: "/principal/name",
  principal_state: "/principal/state",
  status: "/status",
  created: "/created",
  rotated: "/rotated",
  expires: "/expires",
  last_used: "/last_used",
  precision: "/precision",
  scopes: "/grants/text",
  family: "/grants/family",
  reach: "/reach/selection",
  reach_count: "/reach/count",
  network: "/network",
  environment: "/environment",
  reviewed: "/reviewed",
  usage: "/usage/access",
  usage_since: "/usage/since",
  consumers: "/consumers",
  key_id: "/fingerprint/key_id",
  suffix: "/fingerprint/suffix",
  sha256: "/fingerprint/sha256",
  api: "/evidence/api",
  url: "/evidence/url",
  observed: "/evidence/observed",
} as const;

const LABEL = "label.";
const NUMBERS = new Set(["precision", "reach_count"]);

/** The field that a column fills; nothing: there is no such column. */
export function fieldOf(column: string): string | undefined {
  if (column.startsWith(LABEL) && column.length > LABEL.length) return below("/labels", column.slice(LABEL.length));
  return Object.hasOwn(columns, column) ? columns[column as keyof typeof columns] : undefined;
}

/** The column that fills a field, or the one that comes nearest. */
export function columnOf(pointer: string): string {
  const [first, second] = keysOf(pointer);
  if (first === "labels" && second !== undefined) return LABEL + second;
  const names = Object.entries(columns);
  const exact = names.find(([, field]) => field === pointer);
  return (exact ?? names.find(([, field]) => field.startsWith(`/${first}`)))?.[0] ?? pointer.slice(1);
}

/** The record that a row tells of; an empty cell tells nothing. */
export function recordFrom(cells: ReadonlyMap<string, string>): Record<string, unknown> {
  const record: Fields = Object.create(null);
  for (const [column, cell] of cells) {
    const [first = "", second] = keysOf(fieldOf(column) ?? "");
    const text = cell.trim();
    if (text === "") continue;
    if (second === undefined) record[first] = cellValue(column, text);
    else groupIn(record, first)[second] = cellValue(column, text);
  }
  settlePrincipal(record);
  settleGrants(record);
  settleReach(record);
  settleUsage(record);
  return record;
}

type Fields = Record<string, unknown>;

function cellValue(column: string, text: string): unknown {
  return NUMBERS.has(column) && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Names of labels come from the file: no object here has a prototype that they could reach. */
function groupIn(record: Fields, name: string): Fields {
  record[name] ??= Object.create(null);
  return record[name] as Fields;
}

/** `none` or `denied` as the id speaks of the whole principal. */
function settlePrincipal(record: Fields): void {
  const id = (record.principal as Fields | undefined)?.id;
  if (typeof id === "string" && isFieldWord("principal", id)) record.principal = id;
}

function settleGrants(record: Fields): void {
  const { text, family } = (record.grants ?? {}) as { text?: string; family?: string };
  if (text === undefined) delete record.grants;
  else record.grants = isFieldWord("grants", text) ? text : parseGrants(text, family);
}

function settleReach(record: Fields): void {
  const selection = (record.reach as Fields | undefined)?.selection;
  if (typeof selection === "string" && isFieldWord("reach", selection)) record.reach = selection;
}

/** `denied` as the access speaks of the whole. */
function settleUsage(record: Fields): void {
  const access = (record.usage as Fields | undefined)?.access;
  if (typeof access === "string" && isFieldWord("usage", access)) record.usage = access;
}
