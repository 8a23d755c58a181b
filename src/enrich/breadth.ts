import type { Grant, Token } from "../model/documents.gen.ts";
import type { Access, Risk } from "../scopes/level.ts";
import type { Facts } from "./step.ts";

export type Breadth = NonNullable<Facts["breadth"]>;

/** How much one grant allows on one resource. */
export const STRENGTH = {
  read: { low: 0, medium: 0, high: 1, critical: 2 },
  write: { low: 0, medium: 1, high: 1, critical: 2 },
  admin: { low: 1, medium: 2, high: 2, critical: 3 },
} as const satisfies Record<Access, Record<Risk, number>>;

/** The reach adds to it. */
export const REACH = { single: 0, selected: 1, all: 2 } as const;

export const LEVELS = ["narrow", "limited", "broad", "full"] as const satisfies readonly Breadth[];
const FULL = LEVELS.length - 1;

/** The breadth by the strength of the strongest grant that is known; what is open matters only below full. */
export function breadthOf(token: Token, known: { strength: number; isOpen: boolean }): Breadth | undefined {
  const { grants = [] } = token;
  if (grants.length === 0) return "narrow";
  if (grants.some(isEverything)) return "full";
  const reach = reachOf(token, grants);
  const level = Math.min(known.strength + (reach ?? 0), FULL);
  return level < FULL && (known.isOpen || reach === undefined) ? undefined : LEVELS[level];
}

function isEverything({ scope, access, resource }: Grant): boolean {
  return scope === "*" && resource === "*" && access !== "read";
}

/** A kind without a notion of reach is judged by the resources its grants name. */
function reachOf({ reach }: Token, grants: readonly Grant[]): number | undefined {
  if (reach) return REACH[reach.selection];
  if (reach === undefined) return undefined;
  return grants.some(({ resource }) => resource === "*") ? REACH.all : REACH.selected;
}
