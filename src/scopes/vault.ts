import type { Grant } from "../model/documents.gen.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import { familiesFor, plain } from "./plain.ts";
import { formed, type Reader } from "./reading.ts";

const READING = new Set(["read", "list", "scan", "subscribe"]);
const SYSTEM = /^(sys|auth|identity|cubbyhole)\//;

/** Policies by name, and capabilities on the path that is the grant's resource. */
export const vault: Reader = (catalogue, grant) => {
  const families = familiesFor(catalogue, grant.family);
  const capability = families.includes("capability") ? catalogue.find("capability", grant.scope) : undefined;
  if (!capability) return plain(catalogue, grant);
  // What is denied is not granted, whatever its path.
  return capability.scope === "deny" ? [capability] : [capability, ...onPath(catalogue, capability, grant)];
};

function onPath(catalogue: Catalogue, { scope }: Entry, { resource }: Grant): Entry[] {
  const sensitive = catalogue
    .all("sensitive-path")
    .filter((entry) => meet(resource.split("/"), entry.scope.split("/")));
  if (!READING.has(scope)) return [...sensitive];
  const shown = sensitive.map((entry) => formed({ ...entry, family: "path-read", access: "read", risk: "high" }));
  const isSecret = scope === "read" && !SYSTEM.test(resource);
  return isSecret
    ? [...shown, formed({ family: "secret-read", scope: resource, access: "read", risk: "high" })]
    : shown;
}

/** Whether there is a path that both patterns match: `+` is one segment, `*` at the end is all that follows. */
function meet([one, ...rest]: readonly string[], [other, ...others]: readonly string[]): boolean {
  if (one === undefined || other === undefined) return one === other;
  const isOpen = (one.endsWith("*") && rest.length === 0) || (other.endsWith("*") && others.length === 0);
  if (isOpen) return begins(one, other);
  return (one === "+" || other === "+" || one === other) && meet(rest, others);
}

/** An asterisk may stand after the beginning of a segment. */
function begins(one: string, other: string): boolean {
  const [first, second] = [one.replace(/\*$/, ""), other.replace(/\*$/, "")];
  if (one.endsWith("*") && other.endsWith("*")) return first.startsWith(second) || second.startsWith(first);
  return one === "+" || other === "+" || (one.endsWith("*") ? second.startsWith(first) : first.startsWith(second));
}
