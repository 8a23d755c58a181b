import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { NOT_ASKED } from "../../model/told.ts";
import type { Refused } from "../../net/http.ts";
import { inOrder } from "../../net/in-order.ts";
import type { Books } from "./books.ts";
import { ID } from "./config.ts";
import { AT_ONCE } from "./families.ts";
import { type Reading, readPages, readThings, readWhole } from "./list.ts";
import { type AccessTokenPlace, accessToken } from "./normalise.ts";
import { ofGroup, type Reader } from "./reader.ts";
import { ofHost, type Session } from "./session.ts";
import { SHOWS_PEOPLE, type Top } from "./top.ts";
import { type User, userOf } from "./user.ts";
import { idOf } from "./wire.ts";

const ACCOUNTS = "service accounts";
const SERVICE = "service account tokens";
const PEOPLE = "personal access tokens of people";

/** What a group's owner sees of accounts: service accounts, and people's tokens where the group pays for seeing them. */
export async function* peopleOfGroup(reader: Reader, top: Top, books: Books): AsyncIterable<Collected> {
  if (!top.isTop) {
    yield hidden(top, SERVICE, "service accounts belong to top-level groups", "name the top-level group");
    yield hidden(top, PEOPLE, "only a top-level group shows the tokens of people", "name the top-level group");
    return;
  }
  const accounts: Accounts = { ids: new Set(), isWhole: true };
  const found = inOrder(serviceAccounts(reader.session, top), AT_ONCE, async (account) => {
    if ("reading" in account) return account.reading;
    accounts.ids.add(account.thing.id);
    return tokensOfAccount(reader, top, account.thing);
  });
  for await (const reading of found) {
    if (reading.refused && reading.listing.what === ACCOUNTS) accounts.isWhole = false;
    yield* unlessUnpaid(reading, top, books);
  }
  yield* tokensOfPeople(reader, top, books, accounts);
}

interface Accounts {
  ids: Set<string>;
  /** Whether all service accounts are known. */
  isWhole: boolean;
}

function serviceAccounts({ http }: Session, { unit }: Top) {
  const listing = ofGroup(ACCOUNTS, unit);
  return readThings(http, listing, { path: `groups/${unit.id}/service_accounts` }, (record) => {
    const user = userOf(record);
    return user && { ...user, kind: "service" as const };
  });
}

async function tokensOfAccount({ session, own }: Reader, { unit }: Top, user: User): Promise<Reading> {
  const path = `groups/${unit.id}/service_accounts/${user.id}/personal_access_tokens`;
  // The listing of accounts has no states.
  const state = "unknown" in user.state ? NOT_ASKED : user.state;
  const place: AccessTokenPlace = {
    ...ofHost(session, `GET /${path}`),
    own: own.mark,
    kind: "service",
    reach: "all",
    user: { ...user, state },
  };
  const listing = ofGroup(SERVICE, unit);
  return readWhole(session.http, listing, { path }, (record) => accessToken(record, place));
}

async function* tokensOfPeople(
  { session, own }: Reader,
  top: Top,
  books: Books,
  accounts: Accounts,
): AsyncIterable<Collected> {
  const { unit, plan } = top;
  if (plan !== undefined && !SHOWS_PEOPLE.test(plan)) {
    yield hidden(top, PEOPLE, `the group's plan is ${plan}, and only Ultimate shows the tokens of its people`, REMEDY);
    return;
  }
  if (!accounts.isWhole) {
    yield { coverage: confused(top) };
    return;
  }
  const path = `groups/${unit.id}/manage/personal_access_tokens`;
  const place: AccessTokenPlace = {
    ...ofHost(session, `GET /${path}`),
    own: own.mark,
    kind: "personal",
    reach: "all",
    user: NOT_ASKED,
  };
  // Releases differ in whether service accounts count as people here; theirs were told already.
  const isTold = (user: unknown) => accounts.ids.has(idOf(user) ?? "");
  const listing = { ...ofGroup(PEOPLE, unit), need: "the role Owner, on the plan Ultimate with enterprise users," };
  const read = readPages(session.http, listing, { path }, (record) =>
    isTold(record.user_id) ? [] : accessToken(record, place),
  );
  for await (const reading of read) yield* unlessUnknown(reading, top, books);
}

const REMEDY = "ask an administrator to read the instance, or each person for the dates of their tokens";

/** A server without such a listing has nothing to deny. */
function unlessUnknown(reading: Reading, top: Top, books: Books): readonly Collected[] {
  // Under a plan that shows them, it is a refusal.
  if (top.plan !== undefined || !isMissing(reading.refused)) return books.note(reading);
  return [hidden(top, PEOPLE, "this server or plan has no listing of them for a group's owner", REMEDY)];
}

/** 404, or 400 where the server knows the path and not the feature. */
function isMissing(refused: Refused | undefined): boolean {
  return refused?.outcome === "absent" || refused?.status === 400;
}

/** A group that cannot have service accounts is not asked for the right to see them. */
function unlessUnpaid(reading: Reading, top: Top, books: Books): readonly Collected[] {
  const isUnpaid = top.plan === "free" && reading.refused !== undefined && reading.refused.outcome !== "failed";
  if (!isUnpaid) return books.note(reading);
  return [hidden(top, SERVICE, "the group's plan is free, and shows no service accounts", "see the group's plan")];
}

function hidden({ unit }: Top, what: string, detail: string, remedy: string): { coverage: Coverage } {
  const subject = `${what} of the group ${unit.path}`;
  return { coverage: { source: ID, account: unit.account, subject, outcome: "not-exposed", items: 0, detail, remedy } };
}

/** Some releases list the tokens of service accounts among those of people. */
function confused({ unit }: Top): Coverage {
  return {
    source: ID,
    account: unit.account,
    subject: `${PEOPLE} of the group ${unit.path}`,
    outcome: "failed",
    items: 0,
    detail: "who is a service account could not be read, and some releases list their tokens among those of people",
    remedy: "see what is told of the service accounts",
  };
}
