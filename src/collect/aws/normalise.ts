import type { Grant, Token } from "../../model/documents.gen.ts";
import { tokenId } from "../../model/identity.ts";
import { fromEpoch, isNever, toEpoch } from "../../model/instant.ts";
import type { Reason, Told } from "../../model/told.ts";
import type { AwsConfig } from "./config.ts";
import { DEFAULT_ENVIRONMENT_TAG, DEFAULT_OWNER_TAG } from "./config.ts";
import type { Person } from "./directory.ts";
import { type Rights, reachOf } from "./grants.ts";
import type { CredentialReport } from "./report.ts";

/** What the credentials of one user have in common. */
export interface Bearer {
  account: string;
  person: Person;
  /** Why tags are not known; undefined: they are. */
  untold: Reason | undefined;
  report: Told<CredentialReport>;
  rights: Rights;
  /** The widest access that was seen used; undefined: nobody asked. */
  seen?: Told<NonNullable<Token["usage"]>["access"]>;
  tags: Pick<AwsConfig, "owner_tag" | "environment_tag" | "type_tag">;
  asOf: string;
}

/** What one credential has of its own. */
export interface Own {
  kind: string;
  native: string;
  name: string;
  status: string | undefined;
  created: Date | undefined;
  rotated: Told<null>;
  expires: Told<Date | null>;
  lastUsed: Told<Date | string | null>;
  /** Where uses are told late. */
  precision?: number;
  fingerprint?: Token["fingerprint"];
  /** Where it does not act as the user in whose name it stands. */
  principal?: NonNullable<Token["principal"]>;
  /** The call that told of it. */
  api: string;
}

/** The record of a user's credential. */
export function normalise(own: Own, bearer: Bearer): Token {
  const { account, person, rights, seen, asOf } = bearer;
  const { kind, native, name, fingerprint, api } = own;
  const field = gather();
  const tags = person.tags;
  field.take("principal", own.principal ? { value: own.principal } : principalOf(bearer));
  field.take("owner", tagged(bearer, "owner_tag", DEFAULT_OWNER_TAG, 1_024));
  field.take("status", statusOf(own.status));
  field.take("created", instant(own.created));
  field.take("rotated", own.rotated);
  field.take("expires", expiry(own.expires));
  field.take("last_used", use(own.lastUsed));
  takeRights(field, rights);
  field.take("environment", tagged(bearer, "environment_tag", DEFAULT_ENVIRONMENT_TAG, 128));
  if (seen) field.take("usage", usageOf(seen, field.values.created, asOf));
  return {
    id: tokenId({ account, kind, native }),
    provider: "aws",
    account,
    kind,
    name: name.slice(0, 4_096),
    ...field.values,
    ...(own.precision === undefined ? {} : { precision: own.precision }),
    ...(fingerprint && { fingerprint }),
    evidence: { api, observed: asOf },
    ...(tags && Object.keys(tags).length > 0 ? { labels: tags } : {}),
    unknown: field.unknown,
  };
}

/** AWS tells of a use up to four hours late. */
export const PRECISION = 14_400;
/** Since then AWS keeps when keys are used; of older ones no use may mean no record. */
export const TRACKED_SINCE = Date.parse("2015-04-22T00:00:00Z");

type Fields = Partial<Omit<Token, "id" | "provider" | "account" | "kind" | "name" | "unknown">>;

/** Fields as they are told, and why the others are not. */
export interface Gathered {
  values: Fields;
  unknown: Token["unknown"];
  take<Name extends keyof Fields & keyof Token["unknown"]>(name: Name, told: Told<Fields[Name]>): void;
}

export function gather(): Gathered {
  const values: Fields = {};
  const unknown: Token["unknown"] = {};
  return {
    values,
    unknown,
    take(name, told) {
      if ("value" in told) values[name] = told.value;
      else unknown[name] = told.unknown;
    },
  };
}

export function takeRights(field: Gathered, rights: Rights): void {
  if ("unknown" in rights) {
    for (const name of ["grants", "reach", "network"] as const) field.take(name, rights);
    return;
  }
  field.take("grants", { value: [...rights.grants] as Grant[] });
  field.take("reach", { value: reachOf(rights.grants) });
  field.take("network", { value: rights.network });
}

export function statusOf(status: string | undefined): Told<NonNullable<Token["status"]>> {
  const known = status === undefined ? undefined : STATUSES.get(status);
  return known ? { value: known } : { unknown: "failed" };
}

export function instant(date: Date | undefined): Told<string> {
  const read = date ? fromEpoch(Math.floor(date.getTime() / 1_000)) : undefined;
  return read && "instant" in read ? { value: read.instant } : { unknown: "failed" };
}

const STATUSES: ReadonlyMap<string, NonNullable<Token["status"]>> = new Map([
  ["Active", "active"],
  ["Inactive", "disabled"],
  ["Expired", "expired"],
]);

function expiry(told: Own["expires"]): Told<string | null> {
  if ("unknown" in told || told.value === null) return told as Told<null>;
  const end = instant(told.value);
  return "value" in end && isNever(end.value) ? { value: null } : end;
}

function use(told: Own["lastUsed"]): Told<string | null> {
  if ("unknown" in told) return told;
  const { value } = told;
  return value instanceof Date ? instant(value) : { value };
}

/** AWS keeps a user's use for so long; that of a credential began no earlier than itself. */
const WATCHED = 400 * 86_400;

function usageOf(
  seen: NonNullable<Bearer["seen"]>,
  created: string | undefined,
  asOf: string,
): Told<NonNullable<Token["usage"]>> {
  if ("unknown" in seen) return seen;
  const since = fromEpoch(Math.max(toEpoch(asOf) - WATCHED, created === undefined ? Number.NaN : toEpoch(created)));
  return "instant" in since ? { value: { access: seen.value, since: since.instant } } : { unknown: "failed" };
}

/** Who has a password or a device for a second factor is a person; the report tells, or a tag that says it outright. */
function principalOf({ person, report, untold, tags }: Bearer): Told<NonNullable<Token["principal"]>> {
  const principal = { id: person.arn.slice(0, 1_024), name: person.name, state: "active" } as const;
  const stated = tags.type_tag === undefined ? undefined : tagValue(person.tags ?? {}, tags.type_tag);
  const type = TYPES.find((one) => one === stated?.trim().toLowerCase());
  if (type) return { value: { type, ...principal } };
  if ("unknown" in report)
    return { unknown: tags.type_tag === undefined ? report.unknown : (untold ?? report.unknown) };
  const { hasPassword, hasMfa } = report.value.rows.get(person.name) ?? {};
  if (hasPassword === true || hasMfa === true) return { value: { type: "human", ...principal } };
  return hasPassword === false ? { value: { type: "service", ...principal } } : { unknown: "not-exposed" };
}

const TYPES = ["human", "service", "app", "workload"] as const;

/** Without a tag that the configuration names, nobody is named; without one that is only usual, nobody knows. */
function tagged(
  { person, untold, tags }: Bearer,
  setting: "owner_tag" | "environment_tag",
  usual: string,
  longest: number,
): Told<string | null> {
  if (!person.tags) return { unknown: untold ?? "failed" };
  const value = tagValue(person.tags, tags[setting] ?? usual)?.trim();
  if (value) return { value: value.slice(0, longest) };
  return tags[setting] === undefined ? { unknown: "not-exposed" } : { value: null };
}

function tagValue(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
