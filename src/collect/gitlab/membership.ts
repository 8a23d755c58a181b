import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { gap } from "../gap.ts";
import { openBooks } from "./books.ts";
import { ID } from "./config.ts";
import { readUnits } from "./families.ts";
import { type Listing, type Normalise, type Reading, readPages } from "./list.ts";
import { accessToken } from "./normalise.ts";
import { ownFamilies } from "./project.ts";
import type { Reader } from "./reader.ts";
import { ofHost, type Session } from "./session.ts";
import { projectsAsked, type Walked, walk } from "./units.ts";

/** What a plain user sees: the own tokens, and the projects in which that user is at least a Maintainer. */
export async function* readMembership(reader: Reader): AsyncIterable<Collected> {
  const { session } = reader;
  const books = openBooks(session.host, new Set());
  for await (const reading of ownTokens(reader)) yield* books.note(reading);
  let count = 0;
  const query = { ...asked(session), min_access_level: MAINTAINER, pagination: "keyset" };
  const walked = walk(session, books, credential("projects"), { path: "projects", query }, session.host);
  const counting = (async function* (): AsyncIterable<Walked> {
    for await (const item of walked) {
      if ("unit" in item) count += 1;
      yield item;
    }
  })();
  yield* readUnits(reader, books, counting, ownFamilies);
  yield* books.close();
  yield* await others(session, count);
  yield { coverage: groupsNotAsked(session) };
}

const MAINTAINER = 40;

function credential(what: string): Listing {
  return { what, unit: "credential", name: "presented", need: "the scope read_api" };
}

function asked({ config }: Session): Readonly<Record<string, string | boolean>> & object {
  return { membership: true, ...projectsAsked(config.archived) };
}

/** The tokens of the credential's user; those of a bot of a project or group are told where that is read. */
function ownTokens({ session, own }: Reader): AsyncIterable<Reading> {
  const { user } = own;
  const normalise: Normalise = (record) => {
    if ("unknown" in user || user.kind === "project" || user.kind === "group") return [];
    return accessToken(record, {
      ...ofHost(session, "GET /personal_access_tokens"),
      url: `${session.web}/-/user_settings/personal_access_tokens`,
      kind: user.kind,
      reach: "all",
      user,
      own: own.mark,
    });
  };
  return readPages(session.http, credential("personal access tokens"), { path: "personal_access_tokens" }, normalise);
}

/** Projects whose listings are closed to the user's role are only counted, by the total beside one of them. */
async function others(session: Session, maintained: number): Promise<Collected[]> {
  const line = { source: ID, account: session.host, subject: "projects where the role is below Maintainer" };
  const reply = await session.http.get({ path: "projects", query: { ...asked(session), per_page: 1 } });
  if (reply.outcome !== "read") return [{ coverage: gap(line, reply) }];
  const text = reply.headers.get("x-total")?.trim() ?? "";
  const below = /^\d+$/.test(text) ? Number(text) - maintained : undefined;
  if (below !== undefined && below <= 0) return [];
  const detail = `${below ?? "an unknown number of"} ${below === 1 ? "project shows" : "projects show"} no tokens to this user`;
  const remedy = "give the credential's user the role Maintainer there, or name the groups and be their Owner";
  return [{ coverage: { ...line, outcome: "denied", items: 0, detail, remedy } }];
}

function groupsNotAsked({ host }: Session): Coverage {
  return {
    source: ID,
    account: host,
    subject: "groups of the presented credential",
    outcome: "not-asked",
    items: 0,
    detail: "without group or instance, only the user's own tokens and projects are read",
    remedy: "name the groups under group",
  };
}
