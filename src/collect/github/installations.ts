import type { Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import { type Told, unreadable } from "../../model/told.ts";
import { type Estate, headOf } from "./estate.ts";
import { familyOf, leastRights, type Selection } from "./families.ts";
import { collected, PAGE } from "./listing.ts";
import {
  assemble,
  boundedGrants,
  type Fields,
  instant,
  numberId,
  permissionGrants,
  type Row,
  textOf,
  untold,
} from "./record.ts";
import { beyond, holdsPermission } from "./rights.ts";

/** The apps that are installed, tokenward's own among them. */
export async function* installations(estate: Estate): AsyncIterable<Collected> {
  const request = { path: `orgs/${estate.account}/installations`, query: { per_page: PAGE } };
  const listing = { family: familyOf("installations"), request, member: "installations" };
  let isOwnSeen = false;
  for await (const item of collected(estate, listing, (row) => normaliseInstallation(row, estate))) {
    if ("token" in item && item.token.collector) isOwnSeen = true;
    yield item;
  }
  if (!isOwnSeen) yield* ownInstallation(estate);
}

/** The installation that tokenward collects with, where no list shows it. */
export function* ownInstallation(estate: Estate): Iterable<Collected> {
  const { installation, permissions } = estate.holder;
  if (!installation) return;
  const told = {
    id: Number(installation.id),
    repository_selection: installation.selection,
    permissions: permissions && Object.fromEntries(permissions.map((one) => one.split(":"))),
  };
  const token = normaliseInstallation(installation.row ?? told, estate);
  if (token) yield { token };
}

/** An app as it is installed; its tokens live for an hour and are listed nowhere. */
export function normaliseInstallation(row: Row, estate: Estate): Token | undefined {
  const id = numberId(row.id);
  if (id === undefined) return undefined;
  const head = headOf(estate, {
    kind: "github/app-installation",
    native: id,
    name: textOf(row.app_slug, 4096),
    api: "GET /orgs/{org}/installations",
    page: `organizations/${estate.account}/settings/installations/${id}`,
  });
  const { installation, permissions = [] } = estate.holder;
  const collector = installation?.id === id ? collectorOf(permissions, estate.selection) : undefined;
  return assemble(
    head,
    {
      ...untold,
      ...stateOf(row),
      created: instant(row.created_at),
      expires: { value: null },
      grants: isMapping(row.permissions)
        ? boundedGrants(permissionGrants(row.permissions, estate.account))
        : unreadable(row.permissions),
      reach: reachOf(row.repository_selection),
      network: estate.network.apps,
    },
    collector && { collector },
  );
}

/** How the rights of an app compare with the least. */
function collectorOf(permissions: readonly string[], selection: Selection): NonNullable<Token["collector"]> {
  const { permissions: least } = leastRights(selection);
  return { extra: beyond(least, permissions, holdsPermission), least };
}

function stateOf({ suspended_at: suspended, app_id: app, app_slug: slug }: Row): Pick<Fields, "status" | "principal"> {
  const id = numberId(app);
  const name = textOf(slug);
  const known = suspended === null ? WORKING : typeof suspended === "string" ? SUSPENDED : undefined;
  const named = { type: "app", ...(name !== undefined && { name }), ...(known && { state: known.state }) } as const;
  return {
    status: known ? { value: known.status } : unreadable(suspended),
    principal: id === undefined ? unreadable(app) : { value: { ...named, id } },
  };
}

const WORKING = { status: "active", state: "active" } as const;
const SUSPENDED = { status: "disabled", state: "suspended" } as const;

/** How many repositories were selected is told the app alone. */
function reachOf(selection: unknown): Told<NonNullable<Token["reach"]>> {
  return selection === "all" || selection === "selected" ? { value: { selection } } : unreadable(selection);
}
