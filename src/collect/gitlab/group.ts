import type { Collected } from "../../model/flow.ts";
import { type Books, openBooks } from "./books.ts";
import { type Family, readUnits } from "./families.ts";
import { type Reading, readWhole } from "./list.ts";
import { accessToken } from "./normalise.ts";
import { runnerToken } from "./normalise-ci.ts";
import { deployToken } from "./normalise-deploy.ts";
import { peopleOfGroup } from "./people.ts";
import { ownFamilies } from "./project.ts";
import { ofGroup, ofProject, type Reader } from "./reader.ts";
import { ofHost, placeOf, type Session, type Unit } from "./session.ts";
import { type GroupRef, type Top, topOf } from "./top.ts";
import { projectsAsked, type Walked, walk } from "./units.ts";

/** Everything in the configured groups, each with the groups below it. */
export async function* readGroups(reader: Reader, refs: readonly GroupRef[]): AsyncIterable<Collected> {
  const found: Top[] = [];
  for (const ref of refs) {
    const top = await topOf(reader.session, ref);
    if ("unit" in top) found.push(top);
    else yield top;
  }
  const runners = new Set<string>();
  // A group that lies in another of them is read with it.
  const isInside = ({ unit }: Top) => found.some((other) => unit.path.startsWith(`${other.unit.path}/`));
  const tops = new Map(found.filter((top) => !isInside(top)).map((top) => [top.unit.id, top]));
  for (const top of tops.values()) yield* readTop(reader, top, runners);
}

async function* readTop(reader: Reader, top: Top, runners: Set<string>): AsyncIterable<Collected> {
  const { unit } = top;
  const { session } = reader;
  const books = openBooks(unit.account, runners);
  yield* readUnits(reader, books, subgroupsOf(session, books, top), groupFamilies);
  yield* peopleOfGroup(reader, top, books);
  const query = { include_subgroups: true, with_shared: false, ...projectsAsked(session.config.archived) };
  const request = { path: `groups/${unit.id}/projects`, query };
  const projects = walk(session, books, ofGroup("projects", unit), request, unit.account);
  yield* readUnits(reader, books, projects, ownFamilies);
  yield* books.close();
}

async function* subgroupsOf(session: Session, books: Books, { unit }: Top): AsyncIterable<Walked> {
  yield { unit };
  const request = { path: `groups/${unit.id}/descendant_groups`, query: { order_by: "id", sort: "asc" } };
  yield* walk(session, books, ofGroup("subgroups", unit), request, unit.account);
}

/** The access tokens of a group. */
export async function groupTokens({ session, own }: Reader, group: Unit): Promise<Reading[]> {
  const path = `groups/${group.id}/access_tokens`;
  const place = {
    ...placeOf(session, group, { api: `GET /${path}`, page: "access_tokens" }),
    own: own.mark,
    kind: "group",
    reach: reachOf(group),
    user: { unknown: "not-asked" },
  } as const;
  const listing = ofGroup("group access tokens", group);
  return [await readWhole(session.http, listing, { path }, (record) => accessToken(record, place))];
}

const groupFamilies: readonly Family[] = [groupTokens, groupDeployTokens, groupRunners];

async function groupDeployTokens({ session }: Reader, group: Unit): Promise<Reading[]> {
  const path = `groups/${group.id}/deploy_tokens`;
  const place = placeOf(session, group, { api: `GET /${path}`, page: "repository" });
  const listing = ofGroup("group deploy tokens", group);
  const reach = { value: { selection: reachOf(group) } };
  return [await readWhole(session.http, listing, { path }, (record) => deployToken(record, place, reach))];
}

/** A group's listing has the runners of the groups above it too. */
async function groupRunners({ session }: Reader, group: Unit): Promise<Reading[]> {
  const path = `groups/${group.id}/runners`;
  const request = { path, query: { type: "group_type" } };
  const place = ofHost(session, `GET /${path}`);
  const listing = { ...ofGroup("group runners", group), need: ofProject("", group).need };
  return [await readWhole(session.http, listing, request, (record) => runnerToken(record, place))];
}

/** The account is the top-level group. */
function reachOf({ path }: Unit): "all" | "selected" {
  return path.includes("/") ? "selected" : "all";
}
