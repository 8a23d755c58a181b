import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { FAILED, NOT_EXPOSED, type Told, unreadable } from "../../model/told.ts";
import type { Refused } from "../../net/http.ts";
import { reasonOf } from "../gap.ts";
import { type Estate, headOf } from "./estate.ts";
import {
  assemble,
  boundedGrants,
  expiry,
  instantOrNever,
  numberId,
  permissionGrants,
  type Row,
  textOf,
  untold,
} from "./record.ts";

/** How many repositories were selected, or why nobody could read them. */
export type Selected = { count: number } | { refused: Refused };

interface About {
  estate: Estate;
  isRequest: boolean;
  /** Only where a subset was selected. */
  selected: Selected | undefined;
}

type Principal = NonNullable<Token["principal"]>;

export const FINE_GRAINED = "github/fine-grained-pat";

/** A fine-grained token, by the grant or the request that ties it to the organisation; its own date of issue is told nobody. */
export function normaliseToken(row: Row, { estate, isRequest, selected }: About): Token | undefined {
  const id = numberId(row.id);
  if (id === undefined) return undefined;
  const list = isRequest ? "personal-access-token-requests" : "personal-access-tokens";
  const head = headOf(estate, {
    kind: FINE_GRAINED,
    native: isRequest ? `request/${id}` : id,
    name: textOf(row.token_name, 4096),
    api: `GET /orgs/{org}/${list}`,
    page: `organizations/${estate.account}/settings/personal-access-token${isRequest ? "-requests" : "s"}`,
  });
  return assemble(head, {
    ...untold,
    ...peopleOf(row.owner),
    status: statusOf(row.token_expired, isRequest),
    expires: expiresOf(row),
    last_used: instantOrNever(row.token_last_used_at),
    grants: grantsOf(row.permissions, estate.account),
    reach: reachOf(row.repository_selection, selected),
    network: estate.network.users,
  });
}

/** A user's own token answers to that user. GitHub does not tell machine users from people. */
export function peopleOf(owner: unknown): { principal: Told<Principal>; owner: Told<string> } {
  if (!isMapping(owner)) return { principal: NOT_EXPOSED, owner: NOT_EXPOSED };
  const id = numberId(owner.id);
  const login = textOf(owner.login);
  const type = owner.type === "User" ? "human" : owner.type === "Bot" ? "app" : undefined;
  return {
    principal: id && type ? { value: { type, id, ...(login !== undefined && { name: login }) } } : FAILED,
    owner: login === undefined ? FAILED : { value: login },
  };
}

function statusOf(isExpired: unknown, isRequest: boolean): Told<"active" | "expired" | "pending"> {
  if (isExpired === true) return { value: "expired" };
  if (isExpired === false) return { value: isRequest ? "pending" : "active" };
  return unreadable(isExpired);
}

/** Expired tokens may come without the date. */
function expiresOf({ token_expires_at: at, token_expired: isExpired }: Row): Told<string | null> {
  if (at === null && isExpired !== false) return NOT_EXPOSED;
  return expiry(at);
}

function grantsOf(permissions: unknown, account: string): Told<Token["grants"] & object> {
  if (permissions === undefined) return NOT_EXPOSED;
  if (!isMapping(permissions)) return FAILED;
  const groups = Object.values(permissions).filter((group) => group !== undefined);
  const known = groups.filter(isMapping);
  if (known.length < groups.length) return FAILED;
  return boundedGrants(known.flatMap((group) => permissionGrants(group, account)));
}

function reachOf(selection: unknown, selected: Selected | undefined): Told<Token["reach"] & object> {
  if (selection === "all") return { value: { selection: "all" } };
  if (selection === "none") return { value: { selection: "selected", count: 0 } };
  if (selection !== "subset") return unreadable(selection);
  if (!selected) return FAILED;
  if ("refused" in selected) return { unknown: reasonOf(selected.refused) };
  const { count } = selected;
  return { value: { selection: count === 1 ? "single" : "selected", count } };
}
