import type { Token } from "../../model/documents.gen.ts";
import { tokenId } from "../../model/identity.ts";
import type { Told } from "../../model/told.ts";
import type { Http, Refused } from "../../net/http.ts";
import type { Family, Selection } from "./families.ts";
import type { Hosts } from "./hosts.ts";
import type { Row } from "./record.ts";

/** One organisation, and how to ask about it. */
export interface Estate {
  /** The login, as the source has it. */
  account: string;
  http: Http;
  hosts: Hosts;
  holder: Holder;
  selection: Selection;
  /** The instant of the run. */
  asOf: string;
  /** From where tokens of users and deploy keys may come, and those of apps. */
  network: Network;
}

export interface Network {
  users: Told<string[] | null>;
  apps: Told<string[] | null>;
}

/** What is known of the credential in use. */
export interface Holder {
  type: "classic" | "oauth" | "fine-grained" | "app-user" | "app";
  /** Of classic and OAuth tokens. */
  scopes?: readonly string[];
  /** `key:level`; of an app whose installation was seen. */
  permissions?: readonly string[];
  /** The installation that the app collects with, and what GitHub said of it before any list was read. */
  installation?: { id: string; selection?: string; row?: Row };
}

/** Whether a 404 says that there is no such thing, rather than that we may not see it: only a server says so clearly enough. */
export function isMissingThere(family: Family, { outcome, headers }: Refused): boolean {
  return outcome === "absent" && family.without !== undefined && isServer(headers);
}

/** Enterprise Server names its version in every reply. */
export function isServer(headers: Headers | undefined): boolean {
  return headers?.has("x-github-enterprise-version") === true;
}

/** The part of a record that names it, and where it was seen. */
export function headOf(
  { account, asOf, hosts }: Pick<Estate, "account" | "asOf" | "hosts">,
  about: { kind: string; native: string; name: string | undefined; api: string; page?: string },
): Pick<Token, "id" | "provider" | "account" | "kind" | "name" | "evidence"> {
  const { kind, native, name = native, api, page } = about;
  const url = page === undefined ? undefined : `${hosts.web}/${page}`;
  return {
    id: tokenId({ account, kind, native }),
    provider: "github",
    account,
    kind,
    name,
    evidence: { api, ...(url !== undefined && url.length <= 2048 && { url }), observed: asOf },
  };
}
