import { type Cidr, parseCidr } from "../model/cidr.ts";
import type { Grant, Token } from "../model/documents.gen.ts";
import type { Registered } from "../model/intent.ts";
import { openPatternIndex } from "../model/pattern-index.ts";
import { powerOf } from "../scopes/power.ts";

/** What an entry of the register lets a token do, ready to be asked; absent: not limited. */
export interface Allowance {
  scope?: (token: Token, grant: Grant) => boolean;
  resource?: (resource: string) => boolean;
  network?: (block: string) => boolean;
  environment?: string;
}

/** Each access allows those below it too; what nobody knows may be as much as admin. */
const RANK = { read: 1, write: 2, admin: 3, unknown: 3 } as const satisfies Record<Grant["access"], number>;
const ANYWHERE = ["0.0.0.0/0", "::/0"];

/** What an entry allows; an environment that somebody still has to decide on says nothing. */
export function allowanceOf(entry: Registered, isEnvironmentOpen: boolean): Allowance {
  const { scopes, resources, network, environment } = entry;
  const allowance: Allowance = {};
  if (scopes) allowance.scope = scopesAllowed(scopes);
  if (resources) allowance.resource = anyOf(resources);
  if (network) allowance.network = blocksAllowed(network);
  if (environment !== undefined && !isEnvironmentOpen) allowance.environment = environment;
  return allowance;
}

/** What a token may do, or where it stands, although its entry says otherwise; in words, sorted. */
export function beyond(token: Token, allowance: Allowance): string[] {
  const { network, environment } = allowance;
  const grants = (token.grants ?? []).filter((grant) => !isAllowed(token, grant, allowance));
  const blocks = token.network === null ? ANYWHERE : (token.network ?? []);
  const isElsewhere = environment !== undefined && token.environment && token.environment !== environment;
  const found = [
    ...grants.map(grantText),
    ...(network ? blocks.filter((block) => !network(block)).map((block) => `from ${block}`) : []),
    ...(isElsewhere ? [`in ${token.environment} instead of ${environment}`] : []),
  ];
  return found.length > 1 ? [...new Set(found)].sort() : found;
}

/** What would have to be known to say that a token keeps to its entry. An environment that nobody tells is the register's to tell. */
export function unknowable({ grants, network, unknown }: Token, allowance: Allowance): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (grants === undefined && (allowance.scope || allowance.resource)) gaps.grants = unknown.grants ?? "not-asked";
  if (network === undefined && allowance.network) gaps.network = unknown.network ?? "not-asked";
  return gaps;
}

function isAllowed(token: Token, grant: Grant, { scope, resource }: Allowance): boolean {
  return (scope?.(token, grant) ?? true) && (resource?.(grant.resource) ?? true);
}

function grantText({ scope, resource }: Grant): string {
  return `${scope} on ${resource}`;
}

function scopesAllowed(stated: readonly string[]): (token: Token, grant: Grant) => boolean {
  const isNamed = anyOf(stated);
  const widest = Math.max(
    0,
    ...stated.map((word) => (word === "read" || word === "write" || word === "admin" ? RANK[word] : 0)),
  );
  return ({ provider }, grant) => isNamed(grant.scope) || RANK[powerOf(provider, grant).access] <= widest;
}

/** Exact texts are looked up; only those with a `*` are tried. */
function anyOf(stated: readonly string[]): (text: string) => boolean {
  const exact = new Set(stated);
  const starred = stated.filter((one) => one.includes("*"));
  if (starred.length === 0) return (text) => exact.has(text);
  const patterns = openPatternIndex(starred.map((one) => [one]));
  return (text) =>
    exact.has(text) ||
    !patterns
      .matching([[text]])
      [Symbol.iterator]()
      .next().done;
}

/** Blocks by their length, so that a long list is as quickly asked as a short one. */
function blocksAllowed(stated: readonly string[]): (block: string) => boolean {
  const byLength = new Map<number, Set<bigint>>();
  for (const block of stated) {
    const cidr = parseCidr(block);
    if (cidr) byLength.set(lengthKey(cidr), (byLength.get(lengthKey(cidr)) ?? new Set()).add(cidr.bits));
  }
  return (block) => {
    const cidr = parseCidr(block);
    if (!cidr) return false;
    for (let length = cidr.length; length >= 0; length -= 1)
      if (byLength.get(lengthKey({ ...cidr, length }))?.has(cidr.bits >> BigInt(cidr.length - length))) return true;
    return false;
  };
}

function lengthKey({ width, length }: Pick<Cidr, "width" | "length">): number {
  return width * 1_000 + length;
}
