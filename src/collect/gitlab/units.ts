import type { Collected } from "../../model/flow.ts";
import type { Request } from "../../net/http.ts";
import type { Books } from "./books.ts";
import { type Listing, readThings } from "./list.ts";
import { accountOf, type Session, type Unit } from "./session.ts";
import { idOf, type Wire } from "./wire.ts";

/** A project or group to read, or what has to be told of their listing. */
export type Walked = { unit: Unit } | Collected;

/** The projects or groups of a listing, page by page. */
export async function* walk(
  session: Session,
  books: Books,
  listing: Listing,
  request: Request,
  account: string,
): AsyncIterable<Walked> {
  const things = readThings(session.http, listing, request, (record) => unitOf(record, session, account));
  for await (const one of things) {
    if ("thing" in one) yield { unit: one.thing };
    else yield* books.note(one.reading);
  }
}

/** Only what is needed of a project, group or namespace: some of their answers hold registration tokens. */
export function unitOf(record: Wire, session: Session, account: string): Unit | undefined {
  const id = idOf(record.id);
  if (id === undefined) return undefined;
  const path = pathOf(record.path_with_namespace ?? record.full_path);
  return path === undefined ? { id, path: id, account } : { id, path, account: accountOf(session, path) };
}

/** GitLab allows nothing else in a path. */
export function pathOf(value: unknown): string | undefined {
  const isPath = typeof value === "string" && value.length <= 1_024 && PATH.test(value);
  return isPath ? value : undefined;
}

const PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]{1,255}(?:\/[\w.-]{1,255})*$/;

/** What belongs to a listing of projects or groups that is asked for as small as it can be had. */
export function projectsAsked(archived: boolean | undefined): Request["query"] & object {
  return { simple: true, order_by: "id", sort: "asc", ...(!archived && { archived: false }) };
}
