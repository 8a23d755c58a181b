import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import { inOrder } from "../../net/in-order.ts";
import type { Books } from "./books.ts";
import { ID } from "./config.ts";
import { AT_ONCE } from "./families.ts";
import type { AccessTokenKind } from "./kinds.ts";
import { type Listing, nothingOf, pages, type Reading, readThings, readWhole } from "./list.ts";
import { type AccessTokenPlace, accessToken } from "./normalise.ts";
import { ofInstance, type Reader } from "./reader.ts";
import { ofHost, type Session } from "./session.ts";
import { type User, userOf } from "./user.ts";
import { idOf, type Wire } from "./wire.ts";

/** The users of an instance by id, small: every one of them is kept while tokens are read. */
type Users = Map<string, User>;

const PEOPLE = "personal access tokens";

/**
 * The access tokens of all users. One listing has them all, of people and of bots, without saying which are whose: who is
 * a bot the users tell, and which were made by an administrator to impersonate, a listing for each person with tokens.
 */
export async function* readEverybody(reader: Reader, books: Books, isRefused: boolean): AsyncIterable<Collected> {
  const { session, own } = reader;
  const users: Users = new Map("unknown" in own.user ? [] : [[own.user.id, own.user]]);
  const desk: Desk = { reader, users, asked: new Set(), told: new Set(), unsure: new Set(), hasOthers: false };
  for await (const reading of readUsers(session, users)) yield* books.note(reading);
  const listing = ofInstance(PEOPLE, session);
  for await (const page of pages(session.http, { path: "personal_access_tokens" })) {
    if ("refused" in page) yield* books.note({ ...nothingOf(listing), refused: page.refused });
    else for await (const reading of readPage(desk, listing, page.records)) yield* books.note(reading);
  }
  // GitLab does not refuse to show everybody's tokens to others than administrators: it shows less.
  if (!desk.hasOthers && (isRefused || !own.isAdmin)) yield onlyOwn(session);
}

/** What is kept between the pages. */
interface Desk {
  reader: Reader;
  users: Users;
  /** People whose impersonation tokens were asked for. */
  asked: Set<string>;
  /** Impersonation tokens, which the listing of all has again. */
  told: Set<string>;
  /** People whose impersonation tokens could not be read: which of theirs are such is not known. */
  unsure: Set<string>;
  /** Whether somebody else's token was shown. */
  hasOthers: boolean;
}

async function* readPage(desk: Desk, listing: Listing, page: readonly unknown[]): AsyncIterable<Reading> {
  const { reader, users, told, unsure } = desk;
  const records = page.flatMap((record) => (isMapping(record) && idOf(record.id) ? [record] : []));
  const people = peopleIn(records, desk);
  const found = inOrder(people, AT_ONCE, async (user) => ({ user, reading: await readImpersonations(reader, user) }));
  for await (const { user, reading } of found) {
    for (const { id } of reading.tokens) told.add(id.slice(id.lastIndexOf("/") + 1));
    if (reading.refused) unsure.add(user.id);
    yield reading;
  }
  const others = records.filter((record) => !told.has(idOf(record.id) ?? ""));
  const sorted = others.filter(({ user_id }) => users.has(idOf(user_id) ?? "") && !unsure.has(idOf(user_id) ?? ""));
  desk.hasOthers ||= records.some(({ user_id }) => idOf(user_id) !== idOf(reader.own.record?.user_id));
  const tokens = sorted.flatMap((record) => personal(record, desk));
  yield { listing, tokens, pages: 1, broken: page.length - records.length, unsorted: others.length - sorted.length };
}

async function* readUsers(session: Session, users: Users): AsyncIterable<Reading> {
  const query = { order_by: "id", sort: "asc", pagination: "keyset" };
  for await (const one of readThings(session.http, ofInstance("users", session), { path: "users", query }, userOf)) {
    if ("thing" in one) users.set(one.thing.id, one.thing);
    else yield one.reading;
  }
}

/** The people among the owners of these tokens that were not asked for yet: nobody impersonates a bot. */
function peopleIn(records: readonly Wire[], { users, asked }: Desk): User[] {
  const owners = new Set(records.flatMap(({ user_id }) => users.get(idOf(user_id) ?? "") ?? []));
  const people = [...owners].filter(({ id, kind }) => kind === "personal" && !asked.has(id));
  for (const { id } of people) asked.add(id);
  return people;
}

async function readImpersonations(reader: Reader, user: User): Promise<Reading> {
  const { session } = reader;
  const path = `users/${user.id}/impersonation_tokens`;
  const place = placeFor(reader, `GET /${path}`, user, "impersonation");
  const listing = { ...ofInstance("impersonation tokens", session), unit: "user", name: user.username } as const;
  const request = { path, query: { state: "all" } };
  return readWhole(session.http, listing, request, (record) => accessToken(record, place));
}

/** Tokens of projects and groups are told where these are read: there they have their roles. */
function personal(record: Wire, { reader, users }: Desk): Token[] {
  const user = users.get(idOf(record.user_id) ?? "");
  if (!user || user.kind === "project" || user.kind === "group") return [];
  const token = accessToken(record, placeFor(reader, "GET /personal_access_tokens", user, user.kind));
  return token ? [token] : [];
}

function placeFor({ session, own }: Reader, api: string, user: User, kind: AccessTokenKind): AccessTokenPlace {
  return { ...ofHost(session, api), kind, reach: "all", user, own: own.mark };
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
