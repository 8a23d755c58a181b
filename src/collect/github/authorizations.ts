import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { FAILED, NOT_EXPOSED, type Told } from "../../model/told.ts";
import type { NextPage, Read } from "../../net/http.ts";
import { byLink, byNumber } from "../../net/paging.ts";
import { type Estate, headOf } from "./estate.ts";
import { familyOf } from "./families.ts";
import { collected, PAGE } from "./listing.ts";
import {
  assemble,
  boundedGrants,
  expiry,
  type Fields,
  instantOrNever,
  numberId,
  type Row,
  textOf,
  untold,
} from "./record.ts";

/** Credentials that members authorised for single sign-on: the only way to see classic tokens, and users' SSH keys. */
export async function* authorizations(estate: Estate): AsyncIterable<Collected> {
  const request = { path: `orgs/${estate.account}/credential-authorizations`, query: { per_page: PAGE, page: 1 } };
  const listing = { family: familyOf("credential-authorizations"), request, next: untilEmpty };
  yield* collected(estate, listing, (row) => normaliseAuthorization(row, estate));
}

/** The description promises no `Link` for this list; without one, only an empty page is surely the last. */
const untilEmpty: NextPage = (page, asked) =>
  page.headers.has("link") ? byLink(page, asked) : byNumber(isEmpty)(page, asked);

function isEmpty({ body }: Read): boolean {
  return !Array.isArray(body) || body.length === 0;
}

const KINDS: ReadonlyMap<unknown, string> = new Map([
  ["personal access token", "github/classic-pat"],
  ["OAuth app token", "github/oauth-token"],
  ["GitHub app token", "github/app-user-token"],
  ["SSH key", "github/ssh-key"],
]);

/** A credential by its authorisation; when it was issued is told nobody. Its last eight characters are left where they are. */
export function normaliseAuthorization(row: Row, estate: Estate): Token | undefined {
  const id = numberId(row.credential_id);
  const kind = KINDS.get(row.credential_type);
  if (id === undefined || kind === undefined) return undefined;
  const head = headOf(estate, {
    kind,
    native: id,
    name: textOf(row.authorized_credential_note, 4096) ?? textOf(row.authorized_credential_title, 4096),
    api: "GET /orgs/{org}/credential-authorizations",
    page: `orgs/${estate.account}/people`,
  });
  const fingerprint = textOf(row.fingerprint, 512);
  return assemble(
    head,
    {
      ...untold,
      ...holderOf(row.login),
      status: { value: "active" },
      expires: expiresOf(row.authorized_credential_expires_at, kind),
      last_used: instantOrNever(row.credential_accessed_at),
      grants: grantsOf(row.scopes, kind, estate.account),
      // Neither scopes nor a key can be limited to some of what the user reaches.
      reach: { value: { selection: "all" } },
      network: estate.network.users,
    },
    fingerprint === undefined ? {} : { fingerprint: { key_id: fingerprint } },
  );
}

/** Only the login is told, which a user can change. */
function holderOf(value: unknown): Pick<Fields, "principal" | "owner"> {
  const login = textOf(value);
  if (login === undefined) return value === undefined ? { principal: NOT_EXPOSED, owner: NOT_EXPOSED } : NOBODY_KNOWN;
  return { principal: { value: { type: "human", id: login, name: login } }, owner: { value: login } };
}

const NOBODY_KNOWN = { principal: FAILED, owner: FAILED } as const;

/** A user's SSH key cannot be given an end. */
function expiresOf(value: unknown, kind: string): Told<string | null> {
  return kind === "github/ssh-key" && (value === undefined || value === null) ? { value: null } : expiry(value);
}

/** Without scopes it may as well be a fine-grained token, which this list does not tell apart. */
function grantsOf(scopes: unknown, kind: string, account: string): Told<NonNullable<Token["grants"]>> {
  if (kind === "github/ssh-key" || kind === "github/app-user-token" || scopes === undefined) return NOT_EXPOSED;
  if (!Array.isArray(scopes)) return FAILED;
  return scopes.length === 0 && kind === "github/classic-pat" ? NOT_EXPOSED : classicGrants(scopes, account);
}

/** Scopes of classic and OAuth tokens; the catalogue knows what each allows. */
export function classicGrants(scopes: readonly unknown[], account: string): Told<NonNullable<Token["grants"]>> {
  const words = scopes.map((scope) => textOf(scope, 2048));
  if (!words.every((word) => word !== undefined)) return FAILED;
  return boundedGrants(words.map((scope) => ({ family: "classic", scope, access: "unknown", resource: account })));
}
