import { type Catalogue, type Entry, oncePerCatalogue } from "./catalogue.ts";
import { isPattern, matcher } from "./pattern.ts";
import { formed, type Reader } from "./reading.ts";

/** Of these the catalogue lists every action, so that one it lacks does not exist, or is newer. */
const COMPLETE = new Set([
  "access-analyzer",
  "account",
  "iam",
  "identitystore",
  "kms",
  "organizations",
  "rolesanywhere",
  "secretsmanager",
  "signin",
  "sso",
  "sts",
]);
const ACTION = /^[a-z0-9-]+:[a-z][a-z0-9]*$/i;
const READING = /^(?:batch)?(?:get|list|describe|lookup|search|view)(?![a-z])/;
const POLICY = /^arn:aws[a-z-]*:iam::aws:policy\//;

/** The family of grants that stand for the actions under a pattern that no catalogue lists; the listed ones stand beside them. */
export const UNLISTED = "unlisted-action";

/** Whether the catalogue lists every action of a service. */
export function isComplete(service: string): boolean {
  return COMPLETE.has(service);
}

/** Actions, patterns of actions, and managed policies by ARN or name. */
export const aws: Reader = (catalogue, { family, scope }) => {
  if (family === UNLISTED) return [{ ...ordinary(scope, scope.split(":")[1] ?? ""), family }];
  if (family === "managed-policy" || scope.startsWith("arn:")) return managed(catalogue, scope);
  return isPattern(scope) ? matched(catalogue, scope) : action(catalogue, scope);
};

/** A policy of AWS has the same text in every partition; a policy of the account's own is unknown by its name. */
function managed(catalogue: Catalogue, scope: string): Entry[] {
  const { policies } = index(catalogue);
  const name = POLICY.test(scope) ? scope.replace(POLICY, "") : scope;
  const found = policies.get(name);
  return found ? [found] : [];
}

/** Actions have no case. */
function action(catalogue: Catalogue, scope: string): Entry[] {
  const listed = index(catalogue).actions.get(scope.toLowerCase());
  if (listed) return [listed];
  const [service = "", name = ""] = scope.split(":");
  const isOrdinary = ACTION.test(scope) && !COMPLETE.has(service.toLowerCase());
  return isOrdinary && catalogue.find("service", service.toLowerCase()) ? [ordinary(scope, name)] : [];
}

/** Whatever the pattern matches, and no less than what its own form says: the catalogue lists only the actions that matter. */
function matched(catalogue: Catalogue, scope: string): Entry[] {
  const pattern = scope.toLowerCase();
  const { actions, wildcards } = index(catalogue);
  const isMatch = matcher(pattern);
  const named = wildcards.filter((entry) => isMatch(entry.scope.toLowerCase()));
  const listed = [...actions].filter(([name]) => isMatch(name)).map(([, entry]) => entry);
  const [service = "", name = ""] = pattern === "*" ? ["*", "*"] : scope.split(":");
  const isService = matcher(service.toLowerCase());
  const hasOrdinary =
    name !== "" && catalogue.all("service").some((entry) => isService(entry.scope) && !COMPLETE.has(entry.scope));
  return [...named, ...listed, ...(hasOrdinary ? [ordinary(scope, name)] : [])];
}

/** Every action that gives rights or touches secrets is in the catalogue: what is left is judged by its verb. */
function ordinary(scope: string, name: string): Entry {
  const isReading = READING.test(name.charAt(0).toLowerCase() + name.slice(1));
  return formed({ family: "action", scope, access: isReading ? "read" : "write", risk: isReading ? "low" : "medium" });
}

interface Index {
  actions: ReadonlyMap<string, Entry>;
  wildcards: readonly Entry[];
  /** By the path after `policy/`, and by the name alone. */
  policies: ReadonlyMap<string, Entry>;
}

const index = oncePerCatalogue((catalogue): Index => {
  const policies = new Map<string, Entry>();
  for (const entry of catalogue.all("managed-policy")) {
    const path = entry.scope.replace(POLICY, "");
    policies.set(path, entry).set(path.split("/").at(-1) ?? path, entry);
  }
  const actions = new Map(catalogue.all("action").map((entry) => [entry.scope.toLowerCase(), entry]));
  return { actions, wildcards: catalogue.all("wildcard"), policies };
});
