import type { Rules } from "../model/bundle.ts";
import type { Policy, Token } from "../model/documents.gen.ts";
import { isEntry, isOnEntries } from "../model/entry-record.ts";
import { isAccounted } from "../model/invariant.ts";
import { isMeantFor } from "../model/kind.ts";

/** What a policy may ask a token to tell before it judges it. */
export type Given = NonNullable<Policy["applies_to"]["given"]>[number];

/**
 * Whether a policy judges a token at all: its kind, its status at the as-of instant, who it acts as, what is told of it,
 * and the exemptions by kind.
 */
export function applies(policy: Policy, token: Token, rules: Rules): boolean {
  if (isOnEntries(policy) !== isEntry(token)) return false;
  if (rules.parameters.exempt[token.kind]?.[policy.id] || !isMeantFor(policy, token.kind)) return false;
  const { statuses, principals, given } = policy.applies_to;
  const status = token.facts?.status;
  if (statuses && status && !statuses.includes(status)) return false;
  if (principals && !isOneOf(principals, token.principal)) return false;
  return !given || given.every((what) => isTold(token, what));
}

/** All of a token that `applies` looks at: tokens with the same key are judged by the same policies. */
export function scopeKey(token: Token, given: readonly Given[]): string {
  const { kind, principal, facts } = token;
  let told = 0;
  for (const what of given) told = told * 2 + (isTold(token, what) ? 1 : 0);
  return `${isEntry(token) ? "entry " : ""}${kind} ${facts?.status ?? ""} ${principal === null ? "nobody" : (principal?.type ?? "")} ${told}`;
}

/** A principal that nobody knows could be of any type. */
function isOneOf(types: readonly string[], principal: Token["principal"]): boolean {
  return principal === undefined || (principal !== null && types.includes(principal.type));
}

/** A field is also told where it is known to be unknown; facts and the collector's mark are there or not. */
function isTold(token: Token, what: Given): boolean {
  switch (what) {
    case "collector":
      return token.collector !== undefined;
    case "facts.siblings":
      return token.facts?.siblings !== undefined;
    case "facts.shared_with":
      return token.facts?.shared_with !== undefined;
    case "facts.owner.state":
      return token.facts?.owner?.state !== undefined;
    case "facts.register":
      return token.facts?.register !== undefined;
    case "facts.register.by":
      return token.facts?.register?.by !== undefined;
    case "facts.register_owner":
      return token.facts?.register_owner !== undefined;
    default:
      return token[what] !== undefined || token.unknown[what] !== undefined;
  }
}

/** Nothing that is needed is unknown; one object, so that the many tokens without a gap cost none. */
export const NO_GAPS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * The fields a policy needs and nobody could know of this token, each with its reason; NO_GAPS: a verdict is possible.
 * A field that is simply missing is a collector's bug; even then its policies must not pass.
 */
export function missing({ needs }: Policy, token: Token): Readonly<Record<string, string>> {
  let gaps = NO_GAPS;
  for (const need of needs) {
    const found = isFact(need) ? factGaps(token, need) : fieldGaps(token, need);
    if (found) gaps = { ...gaps, ...found };
  }
  return gaps;
}

type Need = Policy["needs"][number];
type FactNeed = Extract<Need, `facts.${string}`>;

/** Facts say themselves what they miss; any other need is a field of the record. */
export function isFact(need: Need): need is FactNeed {
  return need.startsWith("facts.");
}

/** Whether a token tells every judged field, so that no policy misses anything. */
export function isWhole(token: Token): boolean {
  for (const _ in token.unknown) return false;
  return isAccounted(token);
}

function factGaps({ facts }: Token, need: FactNeed): Readonly<Record<string, string>> | undefined {
  return need === "facts.register" ? facts?.register?.unknown : facts?.register_owner?.unknown;
}

function fieldGaps(token: Token, need: Exclude<Need, FactNeed>): Readonly<Record<string, string>> | undefined {
  const reason = need === "principal.state" ? stateGap(token) : gap(token, need);
  return reason ? { [need]: reason } : undefined;
}

function gap(token: Token, field: Exclude<Need, "principal.state" | FactNeed>): string | undefined {
  // An expiry in the past settles the status, whatever the provider did not say.
  if (field === "status" && token.facts?.status) return undefined;
  return token.unknown[field] ?? (token[field] === undefined ? "not-asked" : undefined);
}

/** A token that belongs to nobody has no state to know. */
function stateGap(token: Token): string | undefined {
  const { principal, unknown } = token;
  const isMissing = principal !== null && principal?.state === undefined;
  return unknown["principal.state"] ?? gap(token, "principal") ?? (isMissing ? "not-asked" : undefined);
}
