import type { Token } from "../../model/documents.gen.ts";
import { FAILED, NOT_ASKED, NOT_EXPOSED, type Told } from "../../model/told.ts";
import { grantsOf } from "./grants.ts";
import { type AccessTokenKind, KINDS } from "./kinds.ts";
import { type Fields, type Place, tokenOf } from "./record.ts";
import type { User } from "./user.ts";
import { creationOf, expiryOf, idOf, instantOf, textOf, type Wire } from "./wire.ts";

export interface AccessTokenPlace extends Place {
  kind: AccessTokenKind;
  reach: NonNullable<Token["reach"]>["selection"];
  /** Whose it is, where somebody asked for users. */
  user: User | { unknown: "not-asked" };
  /** The credential that tokenward collects with. */
  own?:
    | { id: string; collector: NonNullable<Token["collector"]>; user: User | { unknown: "denied" | "failed" } }
    | undefined;
}

/** GitLab writes the time of use at most this often, in seconds. */
const PRECISION = 600;

/** A personal, project, group, impersonation or service account token; undefined: the record has no identity. */
export function accessToken(record: Wire, place: AccessTokenPlace): Token | undefined {
  const native = idOf(record.id);
  if (native === undefined) return undefined;
  const { own } = place;
  const isOwn = own?.id === native;
  return tokenOf(
    { kind: KINDS[place.kind], native, name: textOf(record.name) ?? native },
    place,
    {
      ...principalOf(record, isOwn && !("unknown" in own.user) ? { ...place, user: own.user } : place),
      status: statusOf(record),
      created: creationOf(record.created_at),
      // Rotating makes another token, with an id of its own.
      rotated: { value: null },
      expires: expiryOf(record.expires_at),
      last_used: instantOf("last_used", record.last_used_at),
      grants: grantsOf(record, place.resource),
      reach: { value: { selection: record.granular === true ? "selected" : place.reach } },
    },
    { precision: PRECISION, ...(isOwn && { collector: own.collector }) },
  );
}

function principalOf(
  { user_id }: Wire,
  { kind, user }: AccessTokenPlace,
): Pick<Fields, "principal" | "state" | "owner"> {
  const isHuman = kind === "personal" || kind === "impersonation";
  const type = isHuman ? "human" : "service";
  if ("unknown" in user) return numbered(idOf(user_id), type);
  const { id, username, state } = user;
  const owner = isHuman ? { value: username } : NOT_EXPOSED;
  return { principal: { value: { type, id, name: username } }, state, owner };
}

/** Whose number is all that is known. */
function numbered(id: string | undefined, type: "human" | "service"): Pick<Fields, "principal" | "state" | "owner"> {
  const owner = type === "human" ? NOT_ASKED : NOT_EXPOSED;
  if (id === undefined) return { principal: NOT_EXPOSED, owner };
  return { principal: { value: { type, id } }, state: NOT_ASKED, owner };
}

/** A token that is neither active nor revoked has expired. */
function statusOf({ active, revoked }: Wire): Told<"active" | "revoked" | "expired"> {
  if (revoked === true) return { value: "revoked" };
  if (active === true) return { value: "active" };
  if (active === false && revoked === false) return { value: "expired" };
  return isTold(active) || isTold(revoked) ? FAILED : NOT_EXPOSED;
}

function isTold(flag: unknown): boolean {
  return flag !== undefined && typeof flag !== "boolean";
}
