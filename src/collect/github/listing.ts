import type { Coverage, Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import type { Http, NextPage, Refused, Request } from "../../net/http.ts";
import { inOrder } from "../../net/in-order.ts";
import { byLink } from "../../net/paging.ts";
import { gap, listed } from "../gap.ts";
import { type Estate, isMissingThere } from "./estate.ts";
import type { Family } from "./families.ts";
import type { Row } from "./record.ts";
import { remedyFor } from "./remedy.ts";

export interface Listing {
  request: Request;
  /** The member of each page that holds its records; absent: the page is the list. */
  member?: string;
  next?: NextPage;
}

/** How a listing ended; final once its records were read. */
export interface Ending {
  pages: number;
  /** Records that nothing could be made of. */
  strange: number;
  refused?: Refused;
}

export const PAGE = 100;
/** Details that are asked at a time; the client has a limit of its own. */
export const AT_A_TIME = 4;

/** The records of a listing, page by page, and how it ended. */
export function read(http: Http, listing: Listing): { records: AsyncIterable<Row>; ending: Ending } {
  const ending: Ending = { pages: 0, strange: 0 };
  return { records: recordsOf(http, listing, ending), ending };
}

/** All records of a short listing. */
export async function readAll(http: Http, listing: Listing): Promise<{ records: Row[]; ending: Ending }> {
  const { records, ending } = read(http, listing);
  const all: Row[] = [];
  for await (const record of records) all.push(record);
  return { records: all, ending };
}

/** Every record of a listing as a token, then what became of the listing. */
export async function* collected(
  estate: Estate,
  { family, ...listing }: Listing & { family: Family },
  normalise: (record: Row) => Token | undefined | Promise<Token | undefined>,
): AsyncIterable<Collected> {
  const { records, ending } = read(estate.http, listing);
  let items = 0;
  for await (const token of inOrder(records, AT_A_TIME, async (record) => normalise(record))) {
    if (token) items += 1;
    else ending.strange += 1;
    if (token) yield { token };
  }
  yield* coverageOf(estate, { family, items, ending }).map((coverage) => ({ coverage }));
}

/** What a listing came to: read, refused, or not there; and a line for records that could not be used. */
export function coverageOf(
  estate: Pick<Estate, "account" | "holder">,
  { family, items, ending }: { family: Family; items: number; ending: Ending },
  subject: string = family.title,
): Coverage[] {
  const asked = { source: "github", account: estate.account, subject };
  const { refused, pages, strange } = ending;
  const odd = strange === 0 ? [] : [strangeRecords(asked, strange)];
  if (!refused) return [{ ...listed(asked, items), pages }, ...odd];
  if (isMissingThere(family, refused)) {
    const detail = `${refused.detail}: this server has no such list`;
    return [{ ...asked, outcome: "not-exposed", items, detail }, ...odd];
  }
  const remedy = remedyFor(estate.holder, family, refused);
  return [{ ...gap(asked, { ...refused, remedy }, items), pages }, ...odd];
}

async function* recordsOf(http: Http, { request, member, next = byLink }: Listing, ending: Ending) {
  let before: string | undefined;
  for await (const reply of http.pages(request, next)) {
    const page: Page = reply.outcome === "read" ? pageOf(reply.body, member, before) : { refused: reply };
    if ("fault" in page) ending.refused = failure(`GET ${request.path} ${page.fault}`);
    if ("refused" in page) ending.refused = page.refused;
    if (!("rows" in page)) return;
    ending.pages += 1;
    ending.strange += page.strange;
    before = page.first;
    yield* page.rows;
  }
}

type Page = { rows: Row[]; strange: number; first: string | undefined } | { fault: string } | { refused: Refused };

/** A page that begins as the one before would be read for ever. */
function pageOf(body: unknown, member: string | undefined, before: string | undefined): Page {
  const list = member === undefined ? body : isMapping(body) ? body[member] : undefined;
  if (!Array.isArray(list)) return { fault: "answered something that is no list" };
  const first = list.length > 0 ? JSON.stringify(list[0]) : undefined;
  if (first !== undefined && first === before) return { fault: "answered the same page again" };
  const rows: Row[] = list.filter(isMapping);
  return { rows, strange: list.length - rows.length, first };
}

export function failure(detail: string): Refused {
  return {
    outcome: "failed",
    detail,
    remedy: "run again; if it stays, compare the answer with GitHub's documentation",
  };
}

function strangeRecords(asked: Pick<Coverage, "source" | "account" | "subject">, count: number): Coverage {
  const detail = `${count} of the records have no id, name or type that this version can read`;
  return { ...asked, outcome: "failed", items: 0, detail, remedy: "update tokenward, or look at them on GitHub" };
}
