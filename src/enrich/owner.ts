import type { Token } from "../model/documents.gen.ts";
import type { Said } from "./directory.ts";
import { lookupIn, type Owner } from "./owner-lookup.ts";
import type { IntentStep } from "./step.ts";

/** Who answers for a token, and whether whom it acts as is still there, by what the configuration says of owners. */
export const owner = {
  id: "owner",
  open({ intent }) {
    if (!intent?.owners) return undefined;
    const { principal, derived, named } = lookupIn(intent.owners);
    return (token) => {
      const said = token.principal ? principal(token.principal) : undefined;
      const known = withState(token, said);
      if (typeof token.owner === "string") return withOwner(known, named(token.owner));
      const found = derived(token) ?? teamOf(said);
      if (found?.team === undefined) return known;
      const { owner: _, ...unknown } = known.unknown;
      const { state, type } = named(found.team) ?? {};
      const owner = { ...found, ...(type ? { type } : {}), ...(state ? { state } : {}) };
      return withOwner({ ...known, owner: found.team, unknown }, owner);
    };
  },
} as const satisfies IntentStep;

function teamOf(said: Said | undefined): Owner | undefined {
  return said?.team === undefined ? undefined : { team: said.team, by: said.by };
}

function withOwner(token: Token, found: Owner | undefined): Token {
  return found ? { ...token, facts: { ...token.facts, owner: found } } : token;
}

const GRAVITY = { active: 0, suspended: 1, deleted: 2 } as const;

/** Of what the provider and the directory say of a person the graver counts: who has left the company is gone, whatever the provider knows. */
function withState(token: Token, said: Said | undefined): Token {
  const { principal } = token;
  if (!principal || !said?.state) return token;
  const { state, by } = said;
  const facts = { ...token.facts, principal: { state, by } };
  if (principal.state && GRAVITY[principal.state] >= GRAVITY[state]) return { ...token, facts };
  const { "principal.state": _, ...unknown } = token.unknown;
  return { ...token, principal: { ...principal, state }, unknown, facts };
}
