import type { Token } from "../model/documents.gen.ts";
import type { Facts } from "./step.ts";

/** Facts that no record tells by itself: who else has the same principal, and where else the same secret stands. */
export type KinFacts = Pick<Facts, "siblings" | "shared_with">;

/** An enriched token with what others tell of it. */
export function withKin(token: Token, facts: KinFacts | undefined): Token {
  return facts ? { ...token, facts: { ...token.facts, ...facts } } : token;
}

/** One of several tokens of one principal. */
export interface Sibling {
  id: string;
  /** Seconds since 1970; absent: nobody knows. */
  created?: number | undefined;
  isActive: boolean;
}

const ISSUED_AT_MOST = 32;

/** What follows for each of several tokens of one provider, account, kind and principal; `now` in seconds since 1970. */
export function siblingFacts(siblings: readonly Sibling[], now: number): NonNullable<KinFacts["siblings"]>[] {
  const active = siblings.filter(({ isActive }) => isActive);
  const newest = active.reduce((latest, { created }) => Math.max(latest, created ?? -Infinity), -Infinity);
  // Of several of the same second the id decides: the order of reading must not.
  const [last] = active.filter(({ created }) => created === newest).sort((one, other) => (one.id > other.id ? -1 : 1));
  const issued = siblings
    .flatMap(({ created }) => (created === undefined ? [] : [now - created]))
    .sort((one, other) => one - other)
    .slice(0, ISSUED_AT_MOST);
  return siblings.map((sibling) => {
    const isReplaced = sibling.isActive && sibling !== last && sibling.created !== undefined;
    return { active: active.length, ...(isReplaced ? { overlap: now - newest } : {}), issued };
  });
}

/** What follows for each of several records of one secret, from the environments they stand in. */
export function sharingFacts(environments: readonly (string | undefined)[]): NonNullable<KinFacts["shared_with"]> {
  const named = new Set(environments.flatMap((environment) => environment ?? []));
  return { environments: [...named].sort(), tokens: environments.length - 1 };
}
