import type { Grant, Token } from "../model/documents.gen.ts";
import type { Facts, Step } from "./step.ts";

const ACCESS = { read: 0, write: 1, admin: 2 } as const;
const REACH = { single: 0, selected: 1, all: 2 } as const;
const LEVELS = ["narrow", "limited", "broad", "full", "full"] as const;

/**
 * How much all grants together allow: the widest access and the reach, added up.
 * Read on one resource is narrow; write on one or read on some is limited; admin on one, write on some or read on all is broad; more is full.
 */
export const breadth = {
  id: "breadth",
  provides: ["breadth"],
  derive(token) {
    const { grants } = token;
    if (!grants) return {};
    if (grants.length === 0) return { breadth: "narrow" };
    if (grants.some(isEverything)) return { breadth: "full" };
    const reach = reachOf(token, grants);
    if (reach === undefined || grants.some(({ access }) => access === "unknown")) return {};
    const access = Math.max(...grants.map(({ access }) => ACCESS[access as keyof typeof ACCESS]));
    return { breadth: LEVELS[access + reach] as Facts["breadth"] & string };
  },
} as const satisfies Step;

function isEverything({ scope, access, resource }: Grant): boolean {
  return scope === "*" && resource === "*" && access !== "read";
}

/** A kind without a notion of reach is judged by the resources its grants name. */
function reachOf({ reach }: Token, grants: readonly Grant[]): number | undefined {
  if (reach) return REACH[reach.selection];
  if (reach === undefined) return undefined;
  return grants.some(({ resource }) => resource === "*") ? REACH.all : REACH.selected;
}
