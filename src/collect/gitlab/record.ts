import type { Token } from "../../model/documents.gen.ts";
import { tokenId } from "../../model/identity.ts";
import { NOT_ASKED, NOT_EXPOSED, settled, type Told } from "../../model/told.ts";

/** What stands around a record: whose it is, and where it was read. */
export interface Place {
  account: string;
  /** What its grants apply to, in GitLab's own path. */
  resource: string;
  /** The call, such as `GET /projects/42/access_tokens`. */
  api: string;
  /** The page where a person can look. */
  url?: string;
  observed: string;
}

type Principal = NonNullable<Token["principal"]>;

/** Every judged field; those left out are what GitLab tells of no token. */
export interface Fields {
  /** Without a `state`: `state` tells it. */
  principal: Told<Omit<Principal, "state"> | null>;
  state?: Told<NonNullable<Principal["state"]>>;
  owner?: Told<string | null>;
  status: Told<NonNullable<Token["status"]>>;
  created: Told<string>;
  rotated: Told<string | null>;
  expires: Told<string | null>;
  last_used: Told<string | null>;
  grants: Told<NonNullable<Token["grants"]>>;
  reach: Told<Token["reach"]>;
}

export interface Identity {
  kind: string;
  native: string;
  name: string;
}

/** The token of these fields. GitLab has no restriction of a single token to addresses, and no environments of tokens. */
export function tokenOf(
  { kind, native, name }: Identity,
  place: Place,
  fields: Fields,
  more: Pick<Partial<Token>, "precision" | "fingerprint" | "consumers" | "collector"> & {
    unknown?: Token["unknown"];
  } = {},
): Token {
  const { account, api, url, observed } = place;
  const { unknown: open, ...others } = more;
  const { owner = NOT_EXPOSED, state = NOT_ASKED, principal } = fields;
  const isSomebody = "value" in principal && principal.value !== null;
  const who = isSomebody && "value" in state ? { value: { ...principal.value, state: state.value } } : principal;
  const { known, unknown } = settled({
    ...fields,
    principal: who,
    owner,
    network: NOT_EXPOSED,
    environment: NOT_EXPOSED,
  });
  if (isSomebody && "unknown" in state) unknown["principal.state"] = state.unknown;
  return {
    id: tokenId({ account, kind, native }),
    provider: "gitlab",
    account,
    kind,
    name,
    ...known,
    ...others,
    evidence: { api, ...(url !== undefined && { url }), observed },
    unknown: { ...open, ...unknown },
  };
}
