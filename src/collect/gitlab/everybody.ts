import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import { inOrder } from "../../net/in-order.ts";
import type { Books } from "./books.ts";
import { ID } from "./config.ts";
import type { AccessTokenKind } from "./kinds.ts";
import { type Listing, pages, type Reading, readWhole } from "./list.ts";
import { type AccessTokenPlace, accessToken } from "./normalise.ts";
import { AT_ONCE } from "./projects.ts";
import { ofInstance, type Reader } from "./reader.ts";
import type { Session } from "./session.ts";
import { type User, userOf } from "./user.ts";
import { idOf, type Wire } from "./wire.ts";

/** The users of an instance by id, small: every one of them is kept while tokens are read. */
interface Users {
  known: Map<string, User>;
  /** Why a user may be missing among them. */
  missing: "denied" | "failed";
}

const PEOPLE = "personal access tokens";

/**
 * The access tokens of all users. One listing has them all, of people and of bots, without saying which are whose: who is
 * a bot the users tell, and which were made by an administrator to impersonate, a listing for each person with tokens.
 */
export async function* readEverybody(reader: Reader, books: Books, isAdmin: boolean): AsyncIterable<Collected> {
  const { session } = reader;
  const desk: Desk = {
    reader,
    users: { known: new Map(), missing: "failed" },
    asked: new Set(),
    told: new Set(),
    isAdmin,
  };
  for await (const reading of readUsers(session, desk.users)) yield* books.note(reading);
  const listing = ofInstance(PEOPLE, session);
  for await (const page of pages(session.http, { path: "personal_access_tokens" })) {
    if ("refused" in page) yield* books.note({ listing, tokens: [], pages: 0, broken: 0, refused: page.refused });
    else for await (const reading of readPage(desk, listing, page.records)) yield* books.note(reading);
  }
  if (!isAdmin) yield onlyOwn(session);
}

/** What is kept between the pages. */
interface Desk {
  reader: Reader;
  users: Users;
  isAdmin: boolean;
  /** People whose impersonation tokens were asked for. */
  asked: Set<string>;
  /** Impersonation tokens, which the listing of all has again. */
  told: Set<string>;
}

async function* readPage(desk: Desk, listing: Listing, page: readonly unknown[]): AsyncIterable<Reading> {
  const { reader, users, asked, told } = desk;
  const records = page.flatMap((record) => (isMapping(record) && idOf(record.id) ? [record] : []));
  const people = desk.isAdmin ? peopleIn(records, users, asked) : [];
  for await (const reading of inOrder(people, AT_ONCE, (id) => readImpersonations(reader, users, id))) {
    for (const { id } of reading.tokens) told.add(id.slice(id.lastIndexOf("/") + 1));
    yield reading;
  }
  const others = records.filter((record) => !told.has(idOf(record.id) ?? ""));
  const tokens = others.flatMap((record) => personal(record, reader, users));
  yield { listing, tokens, pages: 1, broken: page.length - records.length };
}

async function* readUsers({ http, ...session }: Session, users: Users): AsyncIterable<Reading> {
  const nothing = { listing: ofInstance("users", { http, ...session }), tokens: [], pages: 0, broken: 0 };
  const query = { order_by: "id", sort: "asc", pagination: "keyset" };
  for await (const page of pages(http, { path: "users", query })) {
    if ("refused" in page) {
      users.missing = page.refused.outcome === "failed" ? "failed" : "denied";
      yield { ...nothing, refused: page.refused };
      continue;
    }
    const found = page.records.map((record) => (isMapping(record) ? userOf(record) : undefined));
    for (const user of found) if (user) users.known.set(user.id, user);
    yield { ...nothing, broken: found.filter((user) => !user).length };
  }
}

/** The people among the owners of these tokens that were not asked for yet: nobody impersonates a bot. */
function peopleIn(records: readonly Wire[], { known }: Users, asked: Set<string>): string[] {
  const owners = new Set(records.flatMap(({ user_id }) => idOf(user_id) ?? []));
  const people = [...owners].filter((id) => !asked.has(id) && (known.get(id)?.kind ?? "personal") === "personal");
  for (const id of people) asked.add(id);
  return people;
}

async function readImpersonations(reader: Reader, users: Users, id: string): Promise<Reading> {
  const { session } = reader;
  const path = `users/${id}/impersonation_tokens`;
  const user = known(users, id);
  const place = placeFor(reader, `GET /${path}`, user, "impersonation");
  const listing = { ...ofInstance("impersonation tokens", session), unit: "user", name: nameOf(user, id) } as const;
  const request = { path, query: { state: "all" } };
  return readWhole(session.http, listing, request, (record) => accessToken(record, place));
}

/** Tokens of projects and groups are told where these are read: there they have their roles. */
function personal(record: Wire, reader: Reader, users: Users): Token[] {
  const user = known(users, idOf(record.user_id) ?? "");
  const kind = "unknown" in user ? "personal" : user.kind;
  if (kind === "project" || kind === "group") return [];
  return [accessToken(record, placeFor(reader, "GET /personal_access_tokens", user, kind))].filter((token) => !!token);
}

type Known = AccessTokenPlace["user"];

function known(users: Users, id: string): Known {
  return users.known.get(id) ?? { unknown: users.missing };
}

function nameOf(user: Known, id: string): string {
  return "unknown" in user ? id : user.username;
}

function placeFor({ session, own }: Reader, api: string, user: Known, kind: AccessTokenKind): AccessTokenPlace {
  const { host, observed } = session;
  return {
    account: host,
    resource: "*",
    api,
    observed,
    kind,
    reach: "all",
    user,
    ...(own.mark && { own: own.mark }),
  };
}

function onlyOwn({ host }: Session): Collected {
  return {
    coverage: {
      source: ID,
      account: host,
      subject: `${PEOPLE} of everybody on the instance ${host}`,
      outcome: "denied",
      items: 0,
      detail: "the credential has no administrator's rights, and GitLab shows anybody else only the own tokens",
      remedy: "use an administrator's token with read_api, and admin_mode where Admin Mode is on",
    },
  };
}
