import { type Entry, oncePerCatalogue } from "./catalogue.ts";
import { familiesFor } from "./plain.ts";
import type { Reader } from "./reading.ts";

const RESOURCE = /^https:\/\/graph\.microsoft\.(com|us|cn)\//i;

/** Names of Graph permissions and ids of directory roles, both without regard to case; a permission may be written with its resource before it. */
export const entra: Reader = (catalogue, { family, scope }) => {
  const families = familiesFor(catalogue, family);
  const found = index(catalogue).get(scope.replace(RESOURCE, "").toLowerCase()) ?? [];
  return found.filter((entry) => families.includes(entry.family));
};

const index = oncePerCatalogue((catalogue): Map<string, Entry[]> => {
  const made = new Map<string, Entry[]>();
  for (const entry of catalogue.families.flatMap((family) => catalogue.all(family))) {
    const key = entry.scope.toLowerCase();
    made.set(key, [...(made.get(key) ?? []), entry]);
  }
  return made;
});
