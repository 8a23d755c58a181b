import type { Grant } from "../model/documents.gen.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import { familiesFor, plain } from "./plain.ts";
import type { Reader } from "./reading.ts";

const LEVELS = ["admin", "write", "read"] as const;

/** A permission of an app, a fine-grained token or a workflow is a name and a level; a record may state the level as the access only. */
export const github: Reader = (catalogue, grant) => {
  const listed = plain(catalogue, grant);
  return listed.length > 0 || grant.scope.includes(":") ? listed : leveled(catalogue, grant);
};

/** At the level of the access, or at the highest that there is where nobody knows it. */
function leveled(catalogue: Catalogue, { family, scope, access }: Grant): Entry[] {
  return familiesFor(catalogue, family).flatMap((name) => {
    const levels = LEVELS.flatMap((level) => catalogue.find(name, `${scope}:${level}`) ?? []);
    const found = levels.find((entry) => entry.access === access) ?? levels[0];
    return found ? [found] : [];
  });
}
