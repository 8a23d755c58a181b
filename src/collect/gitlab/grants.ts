import type { Grant } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, type Told, unreadable } from "../../model/told.ts";
import { loadCatalogue } from "../../scopes/catalogue.ts";
import { idOf, type Wire } from "./wire.ts";

/** What an access token or a deploy token may do: its scopes, the role of its bot, and the permissions of a fine-grained one. */
export function grantsOf(record: Wire, resource: string): Told<Grant[]> {
  const scopes = scopesOf(record.scopes);
  if (!scopes) return unreadable(record.scopes);
  const role = roleOf(record.access_level);
  const fine = record.granular === true ? permissionsOf(record.granular_scopes, resource) : [];
  if (!role || !fine) return FAILED;
  const held = [
    ...scopes.map((scope) => grant("token", scope, resource)),
    ...role.map((scope) => grant("role", scope, resource)),
  ];
  return { value: [...(onlyReads(held) ? held.filter((one) => !isStanding(one)) : held), ...fine] };
}

/** One grant with the access that the catalogue of scopes gives it. */
export function grant(family: string, scope: string, resource: string): Grant {
  const access = loadCatalogue("gitlab")?.find(family, scope)?.access ?? "unknown";
  return { family, scope, access, resource: resource.slice(0, LONGEST) };
}

const LONGEST = 2_048;

/** Undefined: something in it cannot be read, and the list would be too short without it. */
export function scopesOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const scopes = value.filter(isScope);
  return scopes.length === value.length ? scopes : undefined;
}

function isScope(scope: unknown): scope is string {
  return typeof scope === "string" && scope.trim() !== "" && scope.length <= LONGEST;
}

/** Only bots of projects and groups have a role of their own. */
function roleOf(level: unknown): string[] | undefined {
  if (level === undefined || level === null) return [];
  return Number.isSafeInteger(level) ? [`access_level:${level}`] : undefined;
}

/** Whether no scope lets the token change anything, whatever its role. */
function onlyReads(held: readonly Grant[]): boolean {
  const scopes = held.filter((one) => !isStanding(one));
  return scopes.length > 0 && scopes.every(({ access }) => access === "read");
}

/** A role and the mode of administrators say how far scopes go, and allow nothing without them. */
function isStanding({ family, scope }: Grant): boolean {
  return family === "role" || scope === "admin_mode";
}

function permissionsOf(value: unknown, resource: string): Grant[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = value.map((entry: unknown) => (isMapping(entry) ? permissionsIn(entry, resource) : undefined));
  return read.every((grants) => grants !== undefined) ? read.flat() : undefined;
}

function permissionsIn({ permissions, project_id, group_id }: Wire, resource: string): Grant[] | undefined {
  const [project, group] = [idOf(project_id), idOf(group_id)];
  const where = project ? `project ${project}` : group ? `group ${group}` : resource;
  return scopesOf(permissions)?.map((scope) => grant("permission", scope, where));
}
