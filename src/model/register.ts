import type { Token } from "./documents.gen.ts";
import type { Registered } from "./intent.ts";
import { listIn, openPatternIndex } from "./pattern-index.ts";
import { selectorText } from "./waiver.ts";

/** What entries are matched by. */
export type Described = Pick<Token, "id" | "kind" | "account" | "name" | "principal">;

/** The entry that counts for a token, and those that matched it too. */
export interface Match {
  entry: Registered;
  /** Its position in the register. */
  index: number;
  /** Of the same rank, but saying something else, by position. */
  rivals: readonly number[];
}

/** The register, ready to be asked. */
export interface Register {
  entries: readonly Registered[];
  find(token: Described): Match | undefined;
  /** Every entry that matches, by position: the one that counts first, then in the order of precedence. */
  all(token: Described): number[];
}

/** An entry that matches a token, and how exactly it names it. */
export interface Standing {
  by: string;
  /** Whom it is for, in words. */
  selector: string;
  /** Its fixed characters; absent: it has the exact id. */
  rank?: number;
}

const FIELDS = ["id", "kind", "account", "name", "principal"] as const;
type Patterns = Exclude<Registered["token"], string>;

const opened = new WeakMap<readonly Registered[], Register>();

/** The register of these entries, opened once in a thread. */
export function registerOf(entries: readonly Registered[]): Register {
  const register = opened.get(entries) ?? openRegister(entries);
  opened.set(entries, register);
  return register;
}

/** The exact id comes before every pattern; among patterns the one with more fixed characters; then the first in the register. */
export function openRegister(entries: readonly Registered[]): Register {
  const exact = new Map<string, number[]>();
  const patterned: { index: number; rank: number; patterns: Patterns }[] = [];
  for (const [index, { token }] of entries.entries()) {
    if (typeof token === "string") listIn(exact, token).push(index);
    else patterned.push({ index, rank: rankOf(token), patterns: token });
  }
  patterned.sort((one, other) => other.rank - one.rank || one.index - other.index);
  const index = openPatternIndex(patterned.map(({ patterns }) => inFields(patterns)));
  const said = sayings(entries);

  const best = (token: Described): number[] => {
    const named = exact.get(token.id);
    if (named) return named;
    const found: number[] = [];
    let rank: number | undefined;
    for (const position of index.matching(textsOf(token))) {
      const one = patterned[position];
      if (!one || (rank !== undefined && one.rank !== rank)) break;
      rank = one.rank;
      found.push(one.index);
    }
    return found;
  };
  return {
    entries,
    find(token) {
      const [first, ...others] = best(token);
      const entry = first === undefined ? undefined : entries[first];
      if (first === undefined || !entry) return undefined;
      return { entry, index: first, rivals: others.filter((other) => said(other) !== said(first)) };
    },
    all(token) {
      const byPattern = [...index.matching(textsOf(token))].flatMap((position) => patterned[position]?.index ?? []);
      return [...(exact.get(token.id) ?? []), ...byPattern];
    },
  };
}

/** The entries that match a token, the one that counts first. */
export function standingsOf({ entries, all }: Register, token: Described): Standing[] {
  return all(token).flatMap((index) => {
    const entry = entries[index];
    if (!entry) return [];
    const standing = { by: entry.by, selector: selectorText(entry.token) };
    return [typeof entry.token === "string" ? standing : { ...standing, rank: rankOf(entry.token) }];
  });
}

/** How exactly patterns name a token: their characters other than `*`. */
export function rankOf(patterns: Patterns): number {
  return FIELDS.reduce((sum, field) => sum + (patterns[field]?.replaceAll("*", "").length ?? 0), 0);
}

function inFields(patterns: Patterns): (string | undefined)[] {
  return FIELDS.map((field) => patterns[field]);
}

/** What stands in each field; a principal may be named by its id or by its name. */
function textsOf({ id, kind, account, name, principal }: Described): string[][] {
  const principals = principal ? [principal.id, ...(principal.name === undefined ? [] : [principal.name])] : [];
  return [[id], [kind], [account], [name], principals];
}

/** What an entry says, without whom it is for and where it stands; worked out only for the few that have to be compared. */
function sayings(entries: readonly Registered[]): (index: number) => string {
  const known = new Map<number, string>();
  return (index) => {
    const { token: _, by: __, ...rest } = entries[index] ?? ({} as Registered);
    const text =
      known.get(index) ?? JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)));
    known.set(index, text);
    return text;
  };
}
