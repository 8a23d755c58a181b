import { type Catalogue, type Entry, oncePerCatalogue } from "./catalogue.ts";
import { familiesFor, plain } from "./plain.ts";
import { formed, type Reader } from "./reading.ts";

/** `service.resource.verb`, where a newer service may be written as its host. */
const PERMISSION = /^([a-z][a-z0-9]*)(?:\.googleapis\.com\/[A-Za-z0-9]+|\.[A-Za-z0-9]+)\.([a-z][A-Za-z0-9]*)$/;
const READING = /^(get|list|search|query|lookup|fetch|view|check)(?![a-z])/;

/** The catalogue lists every predefined role, but of the permissions only those that matter: others are judged by their verb. */
export const gcp: Reader = (catalogue, grant) => {
  const listed = plain(catalogue, grant);
  const isPermission = familiesFor(catalogue, grant.family).includes("permission");
  return listed.length > 0 || !isPermission ? listed : byVerb(catalogue, grant.scope);
};

function byVerb(catalogue: Catalogue, scope: string): Entry[] {
  const [, service = "", verb = ""] = PERMISSION.exec(scope) ?? [];
  if (!services(catalogue).has(service)) return [];
  const permission = { family: "permission", scope };
  if (verb === "setIamPolicy") return [formed({ ...permission, access: "admin", risk: "high" })];
  return [
    READING.test(verb)
      ? formed({ ...permission, access: "read", risk: "low" })
      : formed({ ...permission, access: "write", risk: "medium" }),
  ];
}

/** Those that a role or a permission of the catalogue belongs to. */
const services = oncePerCatalogue((catalogue): ReadonlySet<string> => {
  const entries = [...catalogue.all("role"), ...catalogue.all("permission")];
  return new Set(entries.map(({ scope }) => scope.replace("roles/", "").split(".")[0] ?? ""));
});
