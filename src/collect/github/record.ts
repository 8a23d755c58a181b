import type { judgedFields } from "../../model/bundle.ts";
import type { Grant, Token } from "../../model/documents.gen.ts";
import { isNever, parseInstant } from "../../model/instant.ts";
import { FAILED, NOT_EXPOSED, settled, type Told } from "../../model/told.ts";

/** One record of a reply. */
export type Row = Readonly<Record<string, unknown>>;

/** A word on every judged field. */
export type Fields = { [Field in (typeof judgedFields)[number]]: Told<Exclude<Token[Field], undefined>> };

/** What nobody tells of a credential, for kinds to lay their own knowledge over. */
export const untold: Fields = {
  principal: NOT_EXPOSED,
  owner: NOT_EXPOSED,
  status: NOT_EXPOSED,
  created: NOT_EXPOSED,
  rotated: NOT_EXPOSED,
  expires: NOT_EXPOSED,
  last_used: NOT_EXPOSED,
  grants: NOT_EXPOSED,
  reach: NOT_EXPOSED,
  network: NOT_EXPOSED,
  environment: NOT_EXPOSED,
};

/** The token of these fields, each present or listed as unknown. */
export function assemble(
  head: Pick<Token, "id" | "provider" | "account" | "kind" | "name" | "evidence">,
  fields: Fields,
  more: Partial<Pick<Token, "collector" | "fingerprint" | "labels" | "workflow">> = {},
): Token {
  const { known, unknown } = settled(fields);
  const token = { ...head, ...known, ...more, unknown };
  const { principal } = token as Token;
  // GitHub tells nobody whether a user still belongs to a company.
  if (principal && principal.state === undefined) unknown["principal.state"] = "not-exposed";
  return token;
}

/** A date as the API writes it; absent: not told, `null` only where that means never. */
export function instant(value: unknown): Told<string> {
  if (value === undefined || value === null) return NOT_EXPOSED;
  const parsed = typeof value === "string" ? parseInstant(value) : { fault: "not-a-date" };
  return "instant" in parsed ? { value: parsed.instant } : FAILED;
}

export function instantOrNever(value: unknown): Told<string | null> {
  return value === null ? { value: null } : instant(value);
}

/** An end so far away that it means none is none. */
export function expiry(value: unknown): Told<string | null> {
  const told = instantOrNever(value);
  return "value" in told && told.value !== null && isNever(told.value) ? { value: null } : told;
}

/** A number that GitHub gave and that identifies something; anything else does not. */
export function numberId(value: unknown): string | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}

/** Text for people, at most this long and well formed; what is no text is left out. */
export function textOf(value: unknown, longest = 1024): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, longest).toWellFormed() : undefined;
}

/** `key: level` as the API of permissions has it; a level that nobody knows stays in the scope and means nothing certain. */
export function permissionGrants(permissions: Readonly<Record<string, unknown>>, resource: string): Grant[] {
  return Object.entries(permissions).map(([key, level]) => {
    const word = typeof level === "string" ? level : "unknown";
    const access = word === "read" || word === "write" || word === "admin" ? word : "unknown";
    return { family: "app", scope: `${key}:${word}`.slice(0, 2048).toWellFormed(), access, resource };
  });
}

/** More than this no record may hold; such a list is not one of GitHub's. */
export function boundedGrants(grants: Grant[]): Told<Grant[]> {
  return grants.length <= 20_000 ? { value: grants } : FAILED;
}
