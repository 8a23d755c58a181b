import { parseInstant, toEpoch } from "../../model/instant.ts";
import { isMapping } from "../../model/mapping.ts";
import type { Http, Refused, Reply } from "../../net/http.ts";
import type { Context } from "../provider.ts";
import { connection } from "./connection.ts";
import type { Holder } from "./estate.ts";
import type { Hosts } from "./hosts.ts";
import { failure } from "./listing.ts";
import { numberId, type Row } from "./record.ts";

export interface App {
  /** Who the app is. */
  itself(): Promise<Reply>;
  /** What is installed at `orgs/acme`, `enterprises/acme`. */
  at(place: string): Promise<Reply>;
  /** A connection in the name of an installation. */
  open(installation: string, row?: Row): Promise<Opened>;
}

/** Says who the app is, at a time in seconds since 1970. */
export type Sign = (now: number) => string;

export type Opened = { http: Http; holder: Holder } | { refused: Refused };

/** Seconds before its end at which an installation's token is replaced. */
const BEFORE_END = 300;

/** An app, which says who it is by a token that it signs itself, and gets another for each installation. */
export function openApp(
  { sign, secrets }: { sign: Sign; secrets: readonly string[] },
  hosts: Hosts,
  context: Pick<Context, "connect" | "now">,
): App {
  const clock = openClock(context.now);
  const http = connection(context, hosts, { bearer: async () => sign(clock.now()), secrets });

  /** A clock that is wrong makes a token that is refused: the server's own time is then taken, once. */
  async function withClock<Body>(request: () => Promise<Reply<Body>>): Promise<Reply<Body>> {
    const reply = await request();
    return reply.outcome !== "read" && reply.status === 401 && clock.isSet(reply.headers) ? request() : reply;
  }

  async function issue(installation: string, tries = 2): Promise<Issued | { refused: Refused }> {
    const path = `app/installations/${installation}/access_tokens`;
    const reply = await withClock(() => http.post({ path }, ""));
    if (reply.outcome !== "read") return { refused: reply };
    const issued = issuedIn(reply.body);
    if (issued) return issued;
    // Text is handed on as it came, cut off or whole.
    return tries > 1
      ? issue(installation, tries - 1)
      : { refused: failure(`POST ${path} answered no token with an end`) };
  }

  return {
    itself: () => withClock(() => http.get({ path: "app" })),
    at: (place) => withClock(() => http.get({ path: `${place}/installation` })),
    async open(installation, row) {
      const first = await issue(installation);
      if ("refused" in first) return first;
      const bearer = renewing(first, () => issue(installation), clock.now);
      const { permissions, selection } = first;
      const own = { id: installation, ...(selection !== undefined && { selection }), ...(row && { row }) };
      const holder: Holder = { type: "app", installation: own, ...(permissions && { permissions }) };
      return { http: connection(context, hosts, { bearer, secrets, account: installation }), holder };
    },
  };
}

interface Issued {
  token: string;
  /** Seconds since 1970. */
  ends: number;
  permissions: string[] | undefined;
  selection: string | undefined;
}

function issuedIn(text: string): Issued | undefined {
  const body = parsed(text);
  if (!isMapping(body) || typeof body.token !== "string" || !/^[\x21-\x7e]+$/.test(body.token)) return undefined;
  const end = typeof body.expires_at === "string" ? parseInstant(body.expires_at) : undefined;
  if (!end || !("instant" in end)) return undefined;
  const { permissions, repository_selection: selection } = body;
  return {
    token: body.token,
    ends: toEpoch(end.instant),
    permissions: isMapping(permissions)
      ? Object.entries(permissions).map(([key, level]) => `${key}:${level}`)
      : undefined,
    selection: typeof selection === "string" ? selection : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The token that holds now. Where no other is to be had the old one goes on, and what it is refused is told by the listings. */
function renewing(first: Issued, issue: () => Promise<Issued | { refused: Refused }>, now: () => number) {
  let current = first;
  let renewal: Promise<void> | undefined;
  return async () => {
    if (current.ends - now() <= BEFORE_END) {
      renewal ??= issue()
        .then((issued) => {
          if (!("refused" in issued)) current = issued;
        })
        .finally(() => {
          renewal = undefined;
        });
      await renewal;
    }
    return current.token;
  };
}

/** This machine's time in seconds, set right by the server's where the two differ. */
function openClock(here: () => number) {
  let ahead = 0;
  return {
    now: () => here() / 1_000 + ahead,
    isSet(headers: Headers | undefined): boolean {
      const there = Date.parse(headers?.get("date") ?? "");
      if (Number.isNaN(there) || ahead !== 0) return false;
      ahead = (there - here()) / 1_000;
      return true;
    },
  };
}

/** An installation and its number in a reply that found one. */
export function installationIn(reply: Reply): { id: string; row: Row } | undefined {
  const row = reply.outcome === "read" && isMapping(reply.body) ? reply.body : {};
  const id = numberId(row.id);
  return id === undefined ? undefined : { id, row };
}
