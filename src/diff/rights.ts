import type { DiffDetail, Grant, Token } from "../model/documents.gen.ts";
import { wider } from "../scopes/level.ts";
import { entriesOf, powerOf } from "../scopes/power.ts";

/** What somebody may do: a scope, or one that comes with it, on a resource. */
interface Right {
  name: string;
  resource: string;
  access: Grant["access"];
}

const TOLD = 5;
const ANY = "*";

/** How what the grants allow has changed, by the catalogue of scopes: one that came with another before is nothing new. */
export function rightsChange(old: Token, now: Token): DiffDetail[] {
  if (!old.grants || !now.grants) return [];
  const [before, after] = [held(old, old.grants), held(now, now.grants)];
  const gained = grantsBeyond(now, now.grants, before);
  const lost = grantsBeyond(old, old.grants, after);
  const doubtful = uncertain(now.grants, { before, after });
  return [
    ...(doubtful.length > 0 ? [{ aspect: "grants", effect: "unknown", says: doubtful.join(", ") } as const] : []),
    ...(gained.length > 0 ? [{ aspect: "grants", effect: "wider", says: `gains ${listed(gained)}` } as const] : []),
    ...(lost.length > 0 ? [{ aspect: "grants", effect: "narrower", says: `loses ${listed(lost)}` } as const] : []),
  ];
}

/** Rights by name and resource, with the widest access. */
function held({ provider }: Token, grants: readonly Grant[]): Map<string, Grant["access"]> {
  const rights = new Map<string, Grant["access"]>();
  for (const grant of grants) {
    for (const { name, resource, access } of rightsOf(provider, grant)) {
      const key = keyOf(name, resource);
      rights.set(key, wider(rights.get(key) ?? "unknown", access));
    }
  }
  return rights;
}

function rightsOf(provider: string, grant: Grant): Right[] {
  const { family, scope, resource } = grant;
  const own = { name: `${family}/${scope}`, resource, access: powerOf(provider, grant).access };
  const implied = entriesOf(provider, grant).map((entry) => ({
    name: `${entry.family}/${entry.scope}`,
    resource,
    access: entry.access,
  }));
  return [own, ...implied];
}

/** The grants that allow something which nothing among the rights does. */
function grantsBeyond(
  { provider }: Token,
  grants: readonly Grant[],
  rights: ReadonlyMap<string, Grant["access"]>,
): Grant[] {
  return grants.filter((grant) => !rightsOf(provider, grant).every((right) => isCovered(right, rights)));
}

/** Grants that are there on both sides, but of which only one says what they allow. */
function uncertain(
  grants: readonly Grant[],
  { before, after }: Record<"before" | "after", ReadonlyMap<string, Grant["access"]>>,
): string[] {
  return grants.flatMap(({ family, scope, resource }) => {
    const key = keyOf(`${family}/${scope}`, resource);
    const [old, now] = [before.get(key), after.get(key)];
    if (old === undefined || old === now || (old !== "unknown" && now !== "unknown")) return [];
    return [`${scope} is ${now}, was ${old}`];
  });
}

function isCovered({ name, resource, access }: Right, rights: ReadonlyMap<string, Grant["access"]>): boolean {
  return [resource, ANY].some((place) => {
    const known = rights.get(keyOf(name, place));
    return known !== undefined && (known === "unknown" || wider(known, access) === known);
  });
}

function keyOf(name: string, resource: string): string {
  return JSON.stringify([name, resource]);
}

function listed(grants: readonly Grant[]): string {
  const told = grants.slice(0, TOLD).map(({ scope, access, resource }) => `${scope} (${access}) on ${resource}`);
  const more = grants.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
