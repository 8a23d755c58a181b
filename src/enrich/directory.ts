import type { Token } from "../model/documents.gen.ts";
import type { Directory, Person, PersonState } from "../model/intent.ts";
import { folded } from "../model/text.ts";

type Principal = NonNullable<Token["principal"]>;

/** What is said of somebody, and where. */
export interface Said {
  type?: "person" | "team";
  state?: PersonState;
  team?: string;
  by: string;
}

/** A directory in which people and teams are looked up. */
export interface Lookup {
  /** Who a token acts as; undefined: nothing is said. */
  principal(principal: Principal): Said | undefined;
  /** A person or a team by the name that somebody wrote; undefined: nothing is said. */
  named(name: string): Said | undefined;
  /** What it means that somebody is not named; undefined: nothing. Where it tells no teams, a name may be that of one. */
  absent(): Said | undefined;
}

export function openDirectory({ uri, isComplete, people }: Directory): Lookup {
  const indexes = { id: new Map(), login: new Map(), email: new Map(), name: new Map() } as Indexes;
  const teams = new Map<string, Said>();
  for (const person of people) {
    if (person.id !== undefined) indexes.id.set(person.id, person);
    for (const key of ["login", "email"] as const)
      if (person[key] !== undefined) indexes[key].set(folded(person[key]), person);
    if (person.name !== undefined) noteName(indexes.name, person);
    if (person.team !== undefined) noteMember(teams, person, uri);
  }
  const said = ({ state, team, line }: Person): Said => ({
    ...(state === undefined ? {} : { state }),
    ...(team === undefined ? {} : { team }),
    type: "person",
    by: `${uri}:${line}`,
  });
  const gone: Said = { state: "deleted", by: uri };
  return {
    principal(principal) {
      const person = find(indexes, [principal.id, ...(principal.name === undefined ? [] : [principal.name])]);
      if (person) return said(person);
      return isComplete && principal.type === "human" ? gone : undefined;
    },
    named(name) {
      const person = find(indexes, [name.replace(/^@/, "")]);
      return person ? said(person) : teams.get(folded(name));
    },
    absent: () => (isComplete && teams.size > 0 ? gone : undefined),
  };
}

type Indexes = Record<"id" | "login" | "email", Map<string, Person>> & { name: Map<string, Person | undefined> };

/** Two people may have one name; then it tells nothing. */
function noteName(names: Indexes["name"], person: Person): void {
  const name = folded(person.name ?? "");
  names.set(name, names.has(name) ? undefined : person);
}

const RANK = { active: 0, unknown: 1, suspended: 2, deleted: 3 } as const;

/** A team is there as long as one of its members is. */
function noteMember(teams: Map<string, Said>, { team = "", state, line }: Person, uri: string): void {
  const known = teams.get(folded(team));
  if (known && RANK[known.state ?? "unknown"] <= RANK[state ?? "unknown"]) return;
  teams.set(folded(team), { ...(state === undefined ? {} : { state }), team, type: "team", by: `${uri}:${line}` });
}

/** By id first, then by what is unique, and by the name that people go by last. */
function find({ id, login, email, name }: Indexes, texts: readonly string[]): Person | undefined {
  const plain = texts.map(folded);
  return first(texts, id) ?? first(plain, login) ?? first(plain, email) ?? first(plain, name);
}

function first(texts: readonly string[], index: ReadonlyMap<string, Person | undefined>): Person | undefined {
  for (const text of texts) {
    const person = index.get(text);
    if (person) return person;
  }
  return undefined;
}
