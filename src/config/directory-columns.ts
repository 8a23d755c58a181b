import { nearest } from "../model/nearest.ts";
import { shown } from "../model/shown.ts";

/** What an export may call them, without spaces and marks, in small letters. */
const NAMES = {
  id: ["id", "userid"],
  login: ["login", "username", "userprincipalname", "upn"],
  email: ["email", "mail", "emailaddress", "primaryemail"],
  name: ["name", "displayname", "fullname"],
  state: ["state", "status", "accountenabled"],
  team: ["team", "department"],
} as const;

export type Column = keyof typeof NAMES;

/** Those by which a person is found. */
export const KEYS = ["id", "login", "email", "name"] as const;

const COLUMNS = new Map<string, Column>(
  (Object.keys(NAMES) as Column[]).flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
);

/** Which column a header means; undefined: one that is passed over. */
export function columnNamed(header: string): Column | undefined {
  return COLUMNS.get(header.toLowerCase().replace(/[^a-z]/g, ""));
}

/** What is wrong with the names of the columns. */
export function headerFaults(header: readonly string[]): string[] {
  if (header.length === 1 && /[;\t|]/.test(header[0] ?? "")) return ["the cells are not separated by commas"];
  const found = header.map(columnNamed);
  const faults: string[] = [];
  for (const column of new Set(found)) {
    const same = header.filter((_, index) => found[index] === column);
    if (column && same.length > 1)
      faults.push(`${same.map(shown).join(" and ")} both mean the column ${column}; keep one of them`);
  }
  if (!KEYS.some((key) => found.includes(key))) faults.push(missing(`one of ${KEYS.join(", ")}`, header));
  if (!found.includes("state") && !found.includes("team")) faults.push(missing("state or team", header));
  return faults;
}

function missing(what: string, header: readonly string[]): string {
  const near = header.flatMap((name) => {
    const meant = columnNamed(name) || name.length > 40 ? undefined : nearest(name, COLUMNS.keys());
    return meant === undefined ? [] : [`${shown(name)} perhaps means ${meant}`];
  });
  return [`no column is ${what}`, ...near.slice(0, 5)].join("; ");
}
