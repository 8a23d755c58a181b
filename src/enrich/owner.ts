import type { Token } from "../model/documents.gen.ts";
import type { Owners } from "../model/intent.ts";
import { openCodeowners } from "./codeowners.ts";
import { openDirectory, type Said } from "./directory.ts";
import { firstMatch } from "./selectors.ts";
import type { Facts, IntentStep } from "./step.ts";

type Owner = NonNullable<Facts["owner"]>;

/** Who answers for a token, and whether whom it acts as is still there, by what the configuration says of owners. */
export const owner = {
  id: "owner",
  open({ intent }) {
    if (!intent?.owners) return undefined;
    const { directory } = intent.owners;
    const lookup = directory && openDirectory(directory);
    const derived = derivation(intent.owners);
    const teams = teamsIn(intent.owners);
    return (token) => {
      const said = token.principal ? lookup?.principal(token.principal) : undefined;
      const known = withState(token, said);
      if (typeof token.owner === "string")
        return withOwner(known, lookup?.named(token.owner) ?? teams.get(token.owner));
      const found = derived(token) ?? teamOf(said);
      if (found?.team === undefined) return known;
      const { state } = lookup?.named(found.team) ?? {};
      const { owner: _, ...unknown } = known.unknown;
      return withOwner({ ...known, owner: found.team, unknown }, { ...found, ...(state ? { state } : {}) });
    };
  },
} as const satisfies IntentStep;

/** Who is named for a token by the mapping, else by the owners of the file that declares it. */
function derivation({ mapping = [], codeowners }: Owners): (token: Token) => Owner | undefined {
  const rule = firstMatch(mapping);
  const ofFile = codeowners && openCodeowners(codeowners);
  return (token) => {
    const found = mapping.length > 0 ? rule(token) : undefined;
    if (found) {
      const { team, contact, by } = found;
      return { team, ...(contact === undefined ? {} : { contact }), by };
    }
    const file = token.location && ofFile?.(token.location.uri);
    return file && { team: file.owner, by: `${codeowners?.uri}:${file.line}` };
  };
}

/** Teams that the mapping or the owners of files name, each with the place. */
function teamsIn({ mapping = [], codeowners }: Owners): Map<string, Owner> {
  const teams = new Map<string, Owner>();
  for (const { owner: team, line } of codeowners?.rules ?? [])
    if (team !== undefined) teams.set(team, { team, by: `${codeowners?.uri}:${line}` });
  for (const { team, contact, by } of mapping)
    teams.set(team, { team, ...(contact === undefined ? {} : { contact }), by });
  return teams;
}

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
