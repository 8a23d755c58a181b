import type { Grant, RegisterEntry, Token } from "../model/documents.gen.ts";
import { type Access, wider } from "../scopes/level.ts";
import { powerOf, within } from "../scopes/power.ts";

/** A scope that allows more than was seen used, and what would do in its place. */
export interface TooWide {
  scope: string;
  access: Access;
  /** Scopes that come with it and allow no more than was used; none: the catalogue knows none. */
  instead: string[];
}

/** What the scopes of a token could be, by the use that was seen. */
export interface Suggestion {
  used: Access;
  /** Since when use was watched. */
  since: string;
  granted: string[];
  /** As the register has it; absent: not limited, or there is no entry. */
  allowed?: string[];
  suggested: string[];
  too_wide: TooWide[];
}

/** Why there is nothing to suggest. */
export type Silence = "not-watched" | "grants-unknown" | "access-unknown" | "narrow-enough";

/** Narrower scopes for a token, or why none can be told. */
export function narrower(token: Token, entry?: Pick<RegisterEntry, "scopes">): Suggestion | Silence {
  const { grants, usage, provider } = token;
  if (!usage) return "not-watched";
  if (!grants) return "grants-unknown";
  const { access: used, since } = usage;
  const { suggested, wide, isOpen } = fitted(provider, grants, used);
  const allowed = entry?.scopes;
  const isLoose = entry ? (allowed?.some((scope) => isBeyond(provider, scope, used)) ?? true) : wide.length > 0;
  if (!isLoose) return isOpen ? "access-unknown" : "narrow-enough";
  const granted = [...new Set(grants.map(({ scope }) => scope))].sort();
  return { used, since, granted, ...(allowed ? { allowed } : {}), suggested, too_wide: wide };
}

/** The scopes that allow no more than was used, with others in the place of those that do. */
function fitted(provider: string, grants: readonly Grant[], used: Access) {
  const suggested = new Set<string>();
  const wide = new Map<string, TooWide>();
  let isOpen = false;
  for (const grant of grants) {
    const { access } = powerOf(provider, grant);
    isOpen ||= access === "unknown";
    if (access === "unknown" || wider(used, access) === used) suggested.add(grant.scope);
    else {
      const instead = within(provider, grant, used);
      wide.set(grant.scope, { scope: grant.scope, access, instead });
      // Without a scope to name, the register's own word for such access does.
      for (const scope of instead.length > 0 ? instead : [used]) suggested.add(scope);
    }
  }
  return { suggested: [...suggested].sort(), wide: [...wide.values()], isOpen };
}

/** Whether what the register allows goes beyond what was used; what nobody knows is not said to. */
function isBeyond(provider: string, scope: string, used: Access): boolean {
  const word = WORDS.find((one) => one === scope);
  const access = word ?? powerOf(provider, { family: "", scope, access: "unknown", resource: "*" }).access;
  return access !== "unknown" && wider(used, access) !== used;
}

const WORDS = ["read", "write", "admin"] as const satisfies readonly Access[];
