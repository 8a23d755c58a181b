import type { Grant } from "../model/documents.gen.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import { isPattern, matcher } from "./pattern.ts";
import { plain } from "./plain.ts";
import { formed, type Reader } from "./reading.ts";

/** Replacing an object can do what patching it can, and a watch shows what a list does. */
const ALIKE: Readonly<Record<string, string>> = { update: "patch", watch: "list" };

/** Roles and groups by name, and rules `verb:group/resource`, several verbs or resources set apart by commas; a verb alone is one on everything. */
export const kubernetes: Reader = (catalogue, grant) => {
  const { scope } = grant;
  if (!isRule(catalogue, grant)) return plain(catalogue, grant);
  const cut = scope.indexOf(":");
  const verbs = (cut < 0 ? scope : scope.slice(0, cut)).split(",");
  const resources = (cut < 0 ? "*" : scope.slice(cut + 1)).split(",");
  const found = verbs.map((verb) => resources.map((resource) => ruled(catalogue, verb, resource)));
  // One verb that nobody knows makes the rule unknown.
  return found.flat().every((entries) => entries.length > 0) ? found.flat(2) : [];
};

function isRule(catalogue: Catalogue, { family, scope }: Grant): boolean {
  if (family === "rule" || family === "verb") return true;
  return family !== "clusterrole" && family !== "group" && plain(catalogue, { ...blank, scope }).length === 0;
}

const blank: Grant = { family: "", scope: "", access: "unknown", resource: "*" };

/** What the verb allows anywhere, and the dangerous rules that this one covers. */
function ruled(catalogue: Catalogue, verb: string, resource: string): Entry[] {
  const general = catalogue.find("verb", verb);
  if (!general) return [];
  const covered = catalogue.all("rule").filter(({ scope }) => covers(verb, resource, scope));
  // On one resource a wildcard has only those special verbs that the resource knows, and the rules name them.
  const isOrdinary = verb === "*" && !isPattern(resource);
  const { access, risk } = general;
  const own = isOrdinary ? formed({ family: "rule", scope: `${verb}:${resource}`, access, risk }) : general;
  return [own, ...covered];
}

function covers(verb: string, resource: string, rule: string): boolean {
  const cut = rule.indexOf(":");
  const [itsVerb, itsResource] = [rule.slice(0, cut), rule.slice(cut + 1)];
  const isVerb = verb === "*" || verb === itsVerb || (ALIKE[verb] ?? verb) === (ALIKE[itsVerb] ?? itsVerb);
  return isVerb && includes(resource, itsResource);
}

/** The core group has no name: it may be left out, empty, or written `core`. */
function includes(resource: string, named: string): boolean {
  const pattern = resource.replace(/^(core)?\//, "");
  const isMatch = matcher(pattern);
  return isMatch(named) || isMatch(`/${named}`);
}
