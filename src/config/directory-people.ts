import type { Person, PersonState } from "../model/intent.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import { folded } from "../model/text.ts";
import { type Column, KEYS } from "./directory-columns.ts";
import type { ConfigFault } from "./fault.ts";

/** Takes people one by one, and everything that is wrong with them. */
export interface Read {
  add(place: Place, row: readonly (readonly [Column, string])[]): void;
  fault(place: Place, text: string): void;
  close(): { people: Person[]; faults: ConfigFault[] };
}

interface Place {
  line: number;
  column?: number;
}

const LONGEST = 1_000;

const WORDS: Readonly<Record<PersonState, readonly string[]>> = {
  active: ["active", "enabled", "true", "current", "employed"],
  suspended: ["suspended", "inactive", "disabled", "false", "deactivated", "blocked", "locked", "lockedout", "banned"],
  deleted: [
    "gone",
    "deleted",
    "removed",
    "terminated",
    "deprovisioned",
    "left",
    "departed",
    "offboarded",
    "former",
    "resigned",
  ],
};

export function openPeople({ uri, states }: { uri: string; states: Readonly<Record<string, string>> }): Read {
  const people: Person[] = [];
  const faults: ConfigFault[] = [];
  const meanings = meaningsOf(states);
  const unknown = new Map<string, { place: Place; word: string; times: number }>();
  const seen = { id: new Map<string, number>(), login: new Map<string, number>(), email: new Map<string, number>() };
  const fault: Read["fault"] = (place, text) => void faults.push({ position: { uri, ...place }, text });

  const stateOf = (place: Place, word: string): Pick<Person, "state"> => {
    const plain = plainWord(word);
    const state = meanings.get(plain);
    if (state !== undefined || meanings.has(plain)) return state === undefined ? {} : { state };
    const known = unknown.get(plain);
    if (known) known.times += 1;
    else unknown.set(plain, { place, word, times: 1 });
    return {};
  };
  const take = (person: Person, column: Column, text: string): void => {
    const place = { line: person.line };
    const wrong = textFault(text);
    if (wrong !== undefined) fault(place, `${column}: ${wrong}`);
    else if (column === "state") Object.assign(person, stateOf(place, text));
    else person[column] = maskSecrets(text);
  };
  const note = (person: Person, key: keyof typeof seen): void => {
    const text = person[key];
    if (text === undefined) return;
    const whose = key === "id" ? text : folded(text);
    const first = seen[key].get(whose);
    if (first === undefined) seen[key].set(whose, person.line);
    else
      fault(
        { line: person.line },
        `the ${key} ${shown(text)} stands on line ${first} already; keep one row for each person`,
      );
  };
  return {
    fault,
    add({ line }, row) {
      const person: Person = { line };
      for (const [column, cell] of row) if (cell.trim() !== "") take(person, column, cell.trim());
      if (!row.some(([column, cell]) => isKey(column) && cell.trim() !== ""))
        fault({ line }, `nobody is named: ${KEYS.join(", ")} are empty`);
      for (const key of ["id", "login", "email"] as const) note(person, key);
      people.push(person);
    },
    close() {
      for (const { place, word, times } of unknown.values()) fault(place, wordFault(word, times));
      return { people, faults };
    },
  };
}

function isKey(column: Column): boolean {
  return KEYS.some((key) => key === column);
}

/** Undefined: the word is known, and says that nobody knows. */
function meaningsOf(states: Readonly<Record<string, string>>): Map<string, PersonState | undefined> {
  const meanings = new Map<string, PersonState | undefined>();
  for (const state of ["active", "suspended", "deleted"] as const)
    for (const word of WORDS[state]) meanings.set(word, state);
  for (const [word, meaning] of Object.entries(states)) meanings.set(plainWord(word), stateNamed(meaning));
  return meanings;
}

function stateNamed(meaning: string): PersonState | undefined {
  if (meaning === "gone") return "deleted";
  return meaning === "active" || meaning === "suspended" ? meaning : undefined;
}

function plainWord(word: string): string {
  return folded(word).replace(/[\s_-]/g, "");
}

function wordFault(word: string, times: number): string {
  const more = times > 1 ? ` (on ${times} lines)` : "";
  return `the state ${shown(word)}${more} is not understood; say under owners.states whether it means active, suspended, gone or unknown`;
}

function textFault(text: string): string | undefined {
  if (text.length > LONGEST) return `a text of more than ${LONGEST} characters`;
  return text.startsWith("=") ? `${shown(text)} is a formula; export its value` : undefined;
}
