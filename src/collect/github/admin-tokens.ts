import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, NOT_EXPOSED, type Told } from "../../model/told.ts";
import { classicGrants } from "./authorizations.ts";
import { type Estate, headOf } from "./estate.ts";
import { familyOf } from "./families.ts";
import { collected, PAGE } from "./listing.ts";
import { peopleOf } from "./normalise-personal.ts";
import { assemble, expiry, instant, numberId, type Row, textOf, untold } from "./record.ts";

/** The classic and OAuth tokens of all users of an Enterprise Server; their account is the server. */
export async function* adminTokens(estate: Estate): AsyncIterable<Collected> {
  const server = { ...estate, account: new URL(estate.hosts.web).host };
  const listing = { family: familyOf("admin-tokens"), request: { path: "admin/tokens", query: { per_page: PAGE } } };
  yield* collected(server, listing, (row) => normaliseAdminToken(row, server));
}

/** A token of a server's user. The list may hold whole tokens and their hashes: they are never read. */
export function normaliseAdminToken(row: Row, estate: Estate): Token | undefined {
  const id = numberId(row.id);
  if (id === undefined) return undefined;
  const head = headOf(estate, {
    kind: kindOf(row),
    native: id,
    name: textOf(row.note, 4096) ?? (isMapping(row.app) ? textOf(row.app.name, 4096) : undefined),
    api: "GET /admin/tokens",
  });
  return assemble(head, {
    ...untold,
    ...peopleOf(userOf(row.user)),
    status: { value: "active" },
    created: instant(row.created_at),
    expires: expiry(row.expires_at),
    grants: grantsOf(row.scopes, estate.account),
    reach: { value: { selection: "all" } },
    network: estate.network.users,
  });
}

/** GitHub lists personal tokens under an app of its own, whose id is all zeros. */
function kindOf({ app, installation }: Row): string {
  if (isMapping(installation)) return "github/app-user-token";
  const client = isMapping(app) ? textOf(app.client_id) : undefined;
  return client === undefined || /^0+$/.test(client) ? "github/classic-pat" : "github/oauth-token";
}

/** `null` where the user is gone. */
function userOf(user: unknown): unknown {
  return user === null ? undefined : user;
}

function grantsOf(scopes: unknown, account: string): Told<NonNullable<Token["grants"]>> {
  if (scopes === undefined || scopes === null) return NOT_EXPOSED;
  return Array.isArray(scopes) ? classicGrants(scopes, account) : FAILED;
}
