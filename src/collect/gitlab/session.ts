import type { Http } from "../../net/http.ts";
import { headerSecretOf } from "../credential.ts";
import type { Context } from "../provider.ts";
import { type GitlabConfig, ID } from "./config.ts";
import type { Place } from "./record.ts";

/** A GitLab server, and what is asked of it. */
export interface Session {
  http: Http;
  config: GitlabConfig;
  /** The instance, as accounts and coverage name it. */
  host: string;
  /** What pages of the instance begin with. */
  web: string;
  observed: string;
}

/** A project or a group. */
export interface Unit {
  id: string;
  /** Its full path. */
  path: string;
  account: string;
}

export async function openSession(config: GitlabConfig, context: Context): Promise<Session> {
  const secret = await headerSecretOf(ID, config.credential, context);
  const web = new URL(config.base_url ?? "https://gitlab.com").href.replace(/\/+(?:api\/v4\/?)?$/, "");
  const http = context.connect({
    source: ID,
    base: `${web}/api/v4/`,
    headers: { "PRIVATE-TOKEN": secret },
    secrets: [secret],
    pace,
  });
  return { http, config, host: new URL(web).hostname, web, observed: context.asOf };
}

/** GitLab counts requests within a window and says when the next one begins, by its own clock. */
export function pace({ headers, now }: { headers: Headers; now: number }): number | undefined {
  const [remaining, reset] = [headers.get("ratelimit-remaining"), headers.get("ratelimit-reset")];
  if (remaining === null || reset === null || !/^\d+$/.test(reset) || Number(remaining) > 0) return undefined;
  const clock = Date.parse(headers.get("date") ?? "");
  return Math.max(0, Number(reset) * 1_000 - (Number.isNaN(clock) ? now : clock));
}

/** The top-level group; its name is only unique within an instance. */
export function accountOf({ host }: Pick<Session, "host">, path: string): string {
  const top = path.split("/", 1)[0] ?? path;
  return host === "gitlab.com" ? top : `${host}/${top}`;
}

/** Where something stands that belongs to no group: people, service accounts and runners work across them. */
export function ofHost({ host, observed }: Session, api: string): Place {
  return { account: host, resource: "*", api, observed };
}

/** Where a listing of a project or group stands. */
export function placeOf({ web, observed }: Session, unit: Unit, at: { api: string; page: string }): Place {
  const path = unit.path.split("/").map(encodeURIComponent).join("/");
  const url = `${web}/${at.api.startsWith("GET /groups/") ? "groups/" : ""}${path}/-/settings/${at.page}`;
  return { account: unit.account, resource: unit.path, api: at.api, ...(url.length <= 2_048 && { url }), observed };
}
