import type { Token } from "../model/documents.gen.ts";
import type { Owners } from "../model/intent.ts";
import { openCodeowners } from "./codeowners.ts";
import { type Lookup, openDirectory, type Said } from "./directory.ts";
import { firstMatch } from "./selectors.ts";
import type { Facts } from "./step.ts";

export type Owner = NonNullable<Facts["owner"]>;

/** Everything that is said of owners, to be asked. */
export interface OwnerLookup {
  /** Who a token acts as; undefined: nothing is said. */
  principal(principal: NonNullable<Token["principal"]>): Said | undefined;
  /** A person or a team by the name that somebody wrote; undefined: nothing is said. */
  named(name: string): Owner | undefined;
  /** Who is named for a token by the mapping, else by the owners of the file that declares it. */
  derived(token: Token): Owner | undefined;
}

const opened = new WeakMap<Owners, OwnerLookup>();

/** Opened once for each thread: a directory may hold a hundred thousand people. */
export function lookupIn(owners: Owners): OwnerLookup {
  const known = opened.get(owners) ?? open(owners);
  opened.set(owners, known);
  return known;
}

function open(owners: Owners): OwnerLookup {
  let lookup: Lookup | undefined;
  // Only when somebody is looked up: a run opens steps also where it leaves the work to other threads.
  const directory = (): Lookup | undefined => {
    lookup ??= owners.directory && openDirectory(owners.directory);
    return lookup;
  };
  const teams = teamsIn(owners);
  return {
    principal: (principal) => directory()?.principal(principal),
    named: (name) => directory()?.named(name) ?? teams.get(name) ?? directory()?.absent(),
    derived: derivation(owners),
  };
}

function derivation({ mapping = [], codeowners }: Owners): OwnerLookup["derived"] {
  const rule = mapping.length > 0 ? firstMatch(mapping) : undefined;
  const ofFile = codeowners && openCodeowners(codeowners);
  return (token) => {
    const found = rule?.(token);
    if (found) return mapped(found);
    const file = isDeclared(token) ? ofFile?.(token.location.uri) : undefined;
    return file && ofOwner({ ...file, uri: codeowners?.uri ?? "" });
  };
}

/** A workflow declares the tokens of its jobs; an inventory only lists tokens, and who keeps it owns none of them. */
function isDeclared(token: Token): token is Token & Required<Pick<Token, "location">> {
  return token.workflow !== undefined && token.location !== undefined;
}

/** Who is named by the mapping or as an owner of files, each with the place. */
function teamsIn({ mapping = [], codeowners }: Owners): Map<string, Owner> {
  const teams = new Map<string, Owner>();
  for (const { owner, line } of codeowners?.rules ?? [])
    if (owner !== undefined) teams.set(owner, ofOwner({ owner, line, uri: codeowners?.uri ?? "" }));
  for (const rule of mapping) teams.set(rule.team, mapped(rule));
  return teams;
}

function mapped({ team, contact, by }: NonNullable<Owners["mapping"]>[number]): Owner {
  return { type: "team", team, ...(contact === undefined ? {} : { contact }), by };
}

/** `@organisation/team` is a team; any other owner may be a person. */
function ofOwner({ owner, line, uri }: { owner: string; line: number; uri: string }): Owner {
  return { ...(owner.includes("/") ? { type: "team" } : {}), team: owner, by: `${uri}:${line}` };
}
