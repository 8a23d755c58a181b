import type { Collected } from "../../model/flow.ts";
import { openBooks } from "./books.ts";
import { readEverybody } from "./everybody.ts";
import { readUnits } from "./families.ts";
import { groupTokens } from "./group.ts";
import { type Normalise, readPages } from "./list.ts";
import { runnerToken } from "./normalise-ci.ts";
import { deployToken, instanceDeployKey } from "./normalise-deploy.ts";
import { onlyProjectFamilies } from "./project.ts";
import { ofInstance, type Reader } from "./reader.ts";
import { accountOf, type Session } from "./session.ts";
import { projectsAsked, walk } from "./units.ts";

/** A whole instance, as its administrator sees it: in listings of everything where there are such, else by group and project. */
export async function* readInstance(reader: Reader): AsyncIterable<Collected> {
  const { session } = reader;
  const books = openBooks(session.host, new Set());
  let isRefused = false;
  for (const [what, path, normalise] of listings(session)) {
    for await (const reading of readPages(session.http, ofInstance(what, session), { path }, normalise)) {
      isRefused ||= reading.refused?.outcome === "denied";
      yield* books.note(reading);
    }
  }
  yield* readEverybody(reader, books, isRefused);
  const groups = { path: "groups", query: { all_available: true, order_by: "id", sort: "asc" } };
  const walkedGroups = walk(session, books, ofInstance("groups", session), groups, session.host);
  yield* readUnits(reader, books, walkedGroups, [groupTokens]);
  const projects = { path: "projects", query: { ...projectsAsked(session.config.archived), pagination: "keyset" } };
  const walkedProjects = walk(session, books, ofInstance("projects", session), projects, session.host);
  yield* readUnits(reader, books, walkedProjects, onlyProjectFamilies);
  yield* books.close();
}

function listings(session: Session): readonly (readonly [what: string, path: string, normalise: Normalise])[] {
  const place = { account: session.host, observed: session.observed };
  const inGroup = (path: string) => accountOf(session, path);
  // These listings do not say which project or group a record is of.
  const unplaced = { ...place, resource: "*" };
  const reach = { unknown: "not-exposed" } as const;
  return [
    [
      "deploy tokens",
      "deploy_tokens",
      (record) => deployToken(record, { ...unplaced, api: "GET /deploy_tokens" }, reach),
    ],
    [
      "deploy keys",
      "deploy_keys",
      (record) => instanceDeployKey(record, { ...place, api: "GET /deploy_keys" }, inGroup),
    ],
    ["runners", "runners/all", (record) => runnerToken(record, { ...unplaced, api: "GET /runners/all" })],
  ];
}
