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
}

/** A record's token or tokens; undefined: it has no identity. */
export type Normalise = (record: Wire) => Token | readonly Token[] | undefined;

/** Each page of a list of records, or what stopped it. */
export async function* pages(
  http: Http,
  request: Request,
): AsyncIterable<{ records: unknown[] } | { refused: Refused }> {
  const asked = { ...request, query: { per_page: PER_PAGE, ...request.query } };
  for await (const reply of http.pages(asked, nextPage)) {
    if (reply.outcome !== "read") yield { refused: reply };
    else if (Array.isArray(reply.body)) yield { records: reply.body };
    else {
      yield { refused: misshapen(request, "a list") };
      return;
    }
  }
}

const PER_PAGE = 100;

const byNextPage = byCursor("page", (page) => page.headers.get("x-next-page")?.trim());
const nextPage: NextPage = (page, asked) => byLink(page, asked) ?? byNextPage(page, asked);

/** A listing page by page, each record once: what comes in while pages are read moves others to the next one. */
export async function* readPages(
  http: Http,
  listing: Listing,
  request: Request,
  normalise: Normalise,
): AsyncIterable<Reading> {
  const seen = new Set<string>();
  for await (const page of pages(http, request)) {
    if ("refused" in page) yield { listing, tokens: [], pages: 0, broken: 0, refused: page.refused };
    else yield { listing, pages: 1, ...tokensIn(page.records, normalise, seen) };
  }
}

/** The same, whole: for what belongs to one project or group. */
export async function readWhole(
  http: Http,
  listing: Listing,
  request: Request,
  normalise: Normalise,
): Promise<Reading> {
  const whole: Reading = { listing, tokens: [], pages: 0, broken: 0 };
  for await (const { tokens, pages: read, broken, refused } of readPages(http, listing, request, normalise)) {
    whole.tokens.push(...tokens);
    whole.pages += read;
    whole.broken += broken;
    if (refused) whole.refused = refused;
  }
  return whole;
}

function tokensIn(
  records: readonly unknown[],
  normalise: Normalise,
  seen: Set<string>,
): Pick<Reading, "tokens" | "broken"> {
  const tokens: Token[] = [];
  let broken = 0;
  for (const record of records) {
    const id = isMapping(record) ? idOf(record.id) : undefined;
    if (id !== undefined && seen.has(id)) continue;
    const made = isMapping(record) ? normalise(record) : undefined;
    if (made === undefined) broken += 1;
    else tokens.push(...[made].flat());
    if (id !== undefined) seen.add(id);
  }
  return { tokens, broken };
}

/** An answer that is no refusal, and yet not what GitLab documents. */
export function misshapen({ path }: Request, expected: string): Refused {
  return {
    outcome: "failed",
    detail: `GET ${path} answered with something else than ${expected}`,
    remedy: "check that base_url is a GitLab server and that nothing in between answers for it",
  };
}
