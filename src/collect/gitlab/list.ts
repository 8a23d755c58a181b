import type { Token } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import type { Http, NextPage, Refused, Request } from "../../net/http.ts";
import { byCursor, byLink } from "../../net/paging.ts";
import { idOf, type Wire } from "./wire.ts";

/** What is asked, of which project, group or instance, and the right that it takes. */
export interface Listing {
  /** In the plural: `project access tokens`. */
  what: string;
  unit: "project" | "group" | "instance" | "user" | "agent" | "credential";
  /** The unit's name in GitLab. */
  name: string;
  /** What a person has to give the credential: `the role Maintainer`. */
  need: string;
}

/** What one page of a listing gave, or what stopped it. */
export interface Reading {
  listing: Listing;
  tokens: Token[];
  pages: number;
  refused?: Refused;
  /** Records without an identity. */
  broken: number;
  /** Records whose kind nobody could tell. */
  unsorted?: number;
}

/** A listing before anything of it was read. */
export function nothingOf(listing: Listing): Reading {
  return { listing, tokens: [], pages: 0, broken: 0 };
}

/** A record's token or tokens; undefined: it has no identity. */
export type Normalise = (record: Wire) => Token | readonly Token[] | undefined;

/** Each page of a list of records, or what stopped it. Each record comes once: what is made while pages are read moves others to the next one. */
export async function* pages(
  http: Http,
  request: Request,
): AsyncIterable<{ records: unknown[] } | { refused: Refused }> {
  const asked = { ...request, query: { per_page: PER_PAGE, ...request.query } };
  const seen = new Set<string>();
  for await (const reply of http.pages(asked, nextPage)) {
    if (reply.outcome !== "read") yield { refused: reply };
    else if (!Array.isArray(reply.body)) {
      yield { refused: misshapen(request, "a list") };
      return;
    } else {
      const records = reply.body.filter((record) => isFirst(record, seen));
      if (records.length > 0 || reply.body.length === 0) yield { records };
      else {
        yield { refused: misshapen(request, "the next page: it repeats what was read before") };
        return;
      }
    }
  }
}

/** Records without an id are told as such. */
function isFirst(record: unknown, seen: Set<string>): boolean {
  const id = isMapping(record) ? idOf(record.id) : undefined;
  return id === undefined || (!seen.has(id) && seen.add(id).size > 0);
}

const PER_PAGE = 100;

const byNextPage = byCursor("page", (page) => page.headers.get("x-next-page")?.trim());
const nextPage: NextPage = (page, asked) => byLink(page, asked) ?? byNextPage(page, asked);

/** A listing page by page. */
export async function* readPages(
  http: Http,
  listing: Listing,
  request: Request,
  normalise: Normalise,
): AsyncIterable<Reading> {
  for await (const page of pages(http, request)) {
    if ("refused" in page) yield { ...nothingOf(listing), refused: page.refused };
    else yield { listing, pages: 1, ...tokensIn(page.records, normalise) };
  }
}

/** The same, whole: for what belongs to one project or group. */
export async function readWhole(
  http: Http,
  listing: Listing,
  request: Request,
  normalise: Normalise,
): Promise<Reading> {
  const whole = nothingOf(listing);
  for await (const { tokens, pages: read, broken, refused } of readPages(http, listing, request, normalise)) {
    whole.tokens.push(...tokens);
    whole.pages += read;
    whole.broken += broken;
    if (refused) whole.refused = refused;
  }
  return whole;
}

/** A listing of what has tokens rather than of tokens: each thing by itself, and a reading of each page for what went wrong with it. */
export async function* readThings<Thing>(
  http: Http,
  listing: Listing,
  request: Request,
  thingOf: (record: Wire) => Thing | undefined,
): AsyncIterable<{ thing: Thing } | { reading: Reading }> {
  for await (const page of pages(http, request)) {
    if ("refused" in page) {
      yield { reading: { ...nothingOf(listing), refused: page.refused } };
      continue;
    }
    const things = page.records.map((record) => (isMapping(record) ? thingOf(record) : undefined));
    yield { reading: { ...nothingOf(listing), broken: things.filter((thing) => thing === undefined).length } };
    for (const thing of things) if (thing !== undefined) yield { thing };
  }
}

function tokensIn(records: readonly unknown[], normalise: Normalise): Pick<Reading, "tokens" | "broken"> {
  const made = records.map((record) => (isMapping(record) ? normalise(record) : undefined));
  return {
    tokens: made.flatMap((tokens) => tokens ?? []),
    broken: made.filter((tokens) => tokens === undefined).length,
  };
}

/** One record; `expected` is what it would be, such as `a group`. */
export async function readRecord(
  http: Http,
  request: Request,
  expected = "a record",
): Promise<{ record: Wire } | { refused: Refused }> {
  const reply = await http.get(request);
  if (reply.outcome !== "read") return { refused: reply };
  return isMapping(reply.body) ? { record: reply.body } : { refused: misshapen(request, expected) };
}

/** An answer that is no refusal, and yet not what GitLab documents. */
export function misshapen({ path }: Request, expected: string): Refused {
  return {
    outcome: "failed",
    detail: `GET ${path} did not answer with ${expected}`,
    remedy: "check that base_url is a GitLab server and that nothing in between answers for it",
  };
}
