import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, NOT_EXPOSED, type Told } from "../../model/told.ts";
import type { Read } from "../../net/http.ts";
import { classicGrants } from "./authorizations.ts";
import { type Estate, type Holder, headOf } from "./estate.ts";
import { leastRights, type Selection } from "./families.ts";
import { FINE_GRAINED, peopleOf } from "./normalise-personal.ts";
import { assemble, expiry, type Fields, instant, numberId, textOf, untold } from "./record.ts";
import { beyond, holdsScope } from "./rights.ts";

const KINDS: Readonly<Record<Exclude<Holder["type"], "app">, string>> = {
  classic: "github/classic-pat",
  oauth: "github/oauth-token",
  "fine-grained": FINE_GRAINED,
  "app-user": "github/app-user-token",
};

/** What the headers of a reply say of the user's token that asked, and its prefix where they say the same of two kinds. */
export function holderIn(headers: Headers, secret: string): Holder {
  const scopes = headers.get("x-oauth-scopes");
  if (scopes !== null) {
    const words = scopes.split(",").map((scope) => scope.trim());
    return { type: secret.startsWith("gho_") ? "oauth" : "classic", scopes: words.filter((word) => word !== "") };
  }
  return { type: secret.startsWith("ghu_") ? "app-user" : "fine-grained" };
}

/** The user's token that tokenward itself collects with, as its own reply tells it. */
export function normalisePresented(
  { body, headers }: Pick<Read, "body" | "headers">,
  estate: Estate,
): Token | undefined {
  const { holder, selection, account } = estate;
  const id = isMapping(body) ? numberId(body.id) : undefined;
  if (!isMapping(body) || id === undefined || holder.type === "app") return undefined;
  const head = headOf(estate, {
    kind: KINDS[holder.type],
    native: `presented/${id}`,
    name: `tokenward's own token of ${textOf(body.login) ?? id}`,
    api: "GET /user",
    page: "settings/tokens",
  });
  const { scopes } = holder;
  return assemble(
    head,
    {
      ...untold,
      ...userOf(body),
      status: { value: "active" },
      expires: expiresIn(headers, holder),
      last_used: { value: estate.asOf },
      grants: scopes ? classicGrants(scopes, account) : NOT_EXPOSED,
      reach: scopes ? { value: { selection: "all" } } : NOT_EXPOSED,
      network: estate.network.users,
    },
    { collector: collectorOf(scopes ?? [], selection) },
  );
}

/** How scopes compare with the least. */
function collectorOf(scopes: readonly string[], selection: Selection): NonNullable<Token["collector"]> {
  const { scopes: least } = leastRights(selection);
  return { extra: beyond(least, scopes, holdsScope), least };
}

function userOf(user: Readonly<Record<string, unknown>>): Pick<Fields, "principal" | "owner"> {
  const people = peopleOf(user);
  if (!("value" in people.principal) || user.suspended_at === undefined) return people;
  const state = user.suspended_at === null ? "active" : "suspended";
  return { ...people, principal: { value: { ...people.principal.value, state } } };
}

/** `2021-10-07 19:07:53 UTC`, or with an offset. */
const EXPIRATION = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) (?:UTC|([+-]\d{2}):?(\d{2}))$/;

/** Without the header a personal token has no end; tokens of apps and OAuth are silent about theirs. */
function expiresIn(headers: Headers, { type }: Holder): Told<string | null> {
  const text = headers.get("github-authentication-token-expiration");
  if (text === null) return type === "classic" || type === "fine-grained" ? { value: null } : NOT_EXPOSED;
  const match = EXPIRATION.exec(text.trim());
  if (!match) {
    const told = instant(text);
    return "value" in told ? told : FAILED;
  }
  const [, day, time, hours, minutes] = match;
  return expiry(`${day}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
}
