import type { Token } from "../model/documents.gen.ts";
import { parseDuration, writeDuration } from "../model/duration.ts";
import type { Registered } from "../model/intent.ts";
import type { Limits } from "../model/limits.ts";
import { type Match, registerOf } from "../model/register.ts";
import { type Allowance, allowanceOf, beyond, unknowable } from "./allowance.ts";
import type { Facts, IntentStep } from "./step.ts";

/** What the register says of a token, and how the token compares with it. */
export const register = {
  id: "register",
  open({ intent, limits }) {
    const entries = intent?.register;
    if (!entries) return undefined;
    const { find } = registerOf(entries);
    const known = new Map<number, Said>();
    return (token) => {
      const match = find(token);
      if (!match) return withRegister(token, { registered: false });
      const said = known.get(match.index) ?? whatIsSaid(match.entry);
      known.set(match.index, said);
      return withRegister(token, factsOf(token, said, { match, entries, limits }));
    };
  },
} as const satisfies IntentStep;

type RegisterFacts = NonNullable<Facts["register"]>;

/** What follows from an entry alone, worked out once. */
interface Said {
  facts: RegisterFacts;
  allowance: Allowance;
}

function withRegister(token: Token, facts: RegisterFacts): Token {
  return { ...token, facts: { ...token.facts, register: facts } };
}

function whatIsSaid(entry: Registered): Said {
  const { by, owner, purpose, environment, max_lifetime, rotate_every } = entry;
  const undecided = (["owner", "purpose", "environment"] as const).filter((field) =>
    /^TODO\b/.test(entry[field] ?? ""),
  );
  const lengths = { max_lifetime: seconds(max_lifetime), rotate_every: seconds(rotate_every) };
  const facts: RegisterFacts = { registered: true, by, owner, purpose };
  if (environment !== undefined) facts.environment = environment;
  if (undecided.length > 0) facts.undecided = undecided;
  for (const field of ["max_lifetime", "rotate_every"] as const)
    if (lengths[field] !== undefined) facts[field] = lengths[field];
  return { facts, allowance: allowanceOf(entry, undecided.includes("environment")) };
}

function factsOf(
  token: Token,
  { facts, allowance }: Said,
  { match, entries, limits }: { match: Match; entries: readonly Registered[]; limits: Limits | undefined },
): RegisterFacts {
  const found = { ...facts };
  const rivals = match.rivals.flatMap((index) => entries[index]?.by ?? []);
  if (rivals.length > 0) found.rivals = rivals;
  const surplus = beyond(token, allowance);
  const unknown = surplus.length > 0 ? {} : unknowable(token, allowance);
  if (surplus.length > 0) found.beyond = surplus;
  if (Object.keys(unknown).length > 0) found.unknown = unknown;
  const looser = looserThan(facts, limits?.(token.kind) ?? []);
  if (looser.length > 0) found.looser = looser;
  return found;
}

/** `rotate_every 400d (rotation-overdue: 90d, too-old: 90d)` for each number that an entry loosens. */
function looserThan(facts: RegisterFacts, limits: ReturnType<Limits>): string[] {
  return (["max_lifetime", "rotate_every"] as const).flatMap((field) => {
    const stated = facts[field];
    if (stated === undefined) return [];
    const passed = limits.filter((limit) => limit.field === field && stated > limit.value);
    if (passed.length === 0) return [];
    const told = passed.map(({ policy, value }) => `${policy}: ${writeDuration(value)}`);
    return [`${field} ${writeDuration(stated)} (${told.join(", ")})`];
  });
}

function seconds(stated: string | undefined): number | undefined {
  return stated === undefined ? undefined : parseDuration(stated);
}
