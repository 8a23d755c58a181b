import { type Entry, table } from "./catalogue.ts";
import { isPattern, matcher } from "./pattern.ts";

/** What `scope-capabilities.json` says of one word. */
interface Word {
  means: string;
  /** Alone it lets its holder raise its own rights, or make more tokens or keys. */
  effect?: "escalates" | "mints";
}

interface Table {
  words: Record<string, Word>;
  /** Pairs that let their holder raise its rights only together. */
  together: readonly { capabilities: readonly [string, string]; reason: string; source: string }[];
  /** By provider, family and word: the scopes, or patterns of them. */
  providers: Record<string, Record<string, Record<string, readonly string[]>>>;
}

/** Which words apply to an entry. */
export type Teller = (entry: Entry) => readonly string[];

let read: Table | undefined;

export function capabilityTable(): Table {
  read ??= (table("scope-capabilities") as { scope_capabilities: Table }).scope_capabilities;
  return read;
}

/** The words for a provider's entries. */
export function tellerFor(provider: string): Teller {
  const rules = Object.entries(capabilityTable().providers[provider] ?? {}).flatMap(([family, words]) =>
    Object.entries(words).flatMap(([word, scopes]) =>
      scopes.map((scope) => ({ family, word, scope: scope.toLowerCase(), isMatch: matcher(scope.toLowerCase()) })),
    ),
  );
  return ({ family, scope, marks }) => {
    const folded = scope.toLowerCase();
    // A pattern among the entries allows what it matches, listed in the catalogue or not.
    const isMatched = isPattern(folded) ? matcher(folded) : () => false;
    const told = rules
      .filter((rule) => rule.family === family && (rule.isMatch(folded) || isMatched(rule.scope)))
      .map(({ word }) => word);
    if (marks.includes("e")) told.push("rights-write");
    if (marks.includes("k")) told.push("key-read");
    return told;
  };
}
