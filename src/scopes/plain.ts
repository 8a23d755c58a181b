import type { Catalogue, Entry } from "./catalogue.ts";
import { isPattern, matcher } from "./pattern.ts";
import type { Reader } from "./reading.ts";

/** A provider whose scopes are what its catalogue lists, word for word; a wildcard stands for all that it matches. */
export const plain: Reader = (catalogue, { family, scope }) => {
  const families = familiesFor(catalogue, family);
  const listed = families.flatMap((name) => catalogue.find(name, scope) ?? []);
  if (!isPattern(scope)) return listed.length > 0 ? listed : parameterised(catalogue, families, scope);
  const isMatch = matcher(scope);
  return [...listed, ...families.flatMap((name) => catalogue.all(name).filter((entry) => isMatch(entry.scope)))];
};

/** A family that the catalogue does not have, or none at all, leaves all of them possible. */
export function familiesFor({ families }: Catalogue, family: string): readonly string[] {
  return families.includes(family) ? [family] : families;
}

/** `user:*` in a catalogue stands for a scope with anything in its place; a bare `*` is a scope of its own. */
function parameterised(catalogue: Catalogue, families: readonly string[], scope: string): Entry[] {
  const patterns = families.flatMap((name) => catalogue.all(name)).filter((entry) => /[^*]\*/.test(entry.scope));
  return patterns.filter((entry) => matcher(entry.scope)(scope));
}
