import type { Connection, Http } from "../../net/http.ts";
import type { Context } from "../provider.ts";
import type { Hosts } from "./hosts.ts";
import { isThrottled, pace } from "./limits.ts";

/** The version of the REST API that this is written against; GitHub keeps one for two years after its successor. */
const HEADERS = { accept: "application/vnd.github+json, application/json", "x-github-api-version": "2022-11-28" };

interface Bearer {
  bearer: () => Promise<string>;
  secrets: readonly string[];
  account?: string;
}

/** A connection that presents what `bearer` gives; secrets that are made on the way are added to the list. */
export function connection(context: Pick<Context, "connect">, hosts: Hosts, bearer: Bearer): Http {
  return context.connect(wayTo(hosts, bearer));
}

/** How GitHub wants to be asked. */
export function wayTo({ rest }: Hosts, { bearer, secrets, account }: Bearer): Connection {
  return {
    source: "github",
    ...(account !== undefined && { account }),
    base: rest,
    headers: HEADERS,
    authorize: async () => ({ authorization: `Bearer ${await bearer()}` }),
    secrets,
    pace,
    isThrottled,
  };
}
