import type { GitlabConfig } from "../../../src/collect/gitlab/index.ts";
import type { Answered } from "../../support/faults.ts";
import type { Received } from "../../support/loopback.ts";
import { accessTokens, deployKeys, groups, projects, type Viewer } from "./company.ts";
import { list, one, refusal } from "./replies.ts";

type Row = Record<string, unknown>;

export interface Options {
  viewer: Viewer;
  /** The most records that the server puts on a page. Default: 2. */
  perPage?: number;
  /** Answers that differ from what GitLab would say, by path below `/api/v4/`. */
  instead?: (path: string) => Answered | undefined;
  /** What a group's owner gets when asking for the tokens of people. */
  people?: "shown" | "denied" | "missing";
  plan?: string;
  config?: Partial<GitlabConfig>;
  /** One project and one group below the top, with something in every listing, for who asks very often. */
  isSmall?: boolean;
  /** Projects beside the company's own. */
  more?: readonly Row[];
}

export interface Asked extends Options {
  received: Received;
  path: string;
  projects: readonly Row[];
}

export type Respond = (asked: Asked, parts: readonly string[]) => Answered;

/** Each viewer's own token and user. */
export const OWN = {
  admin: { token: 1001, user: 1 },
  owner: { token: 1201, user: 51 },
  plain: { token: 1002, user: 2 },
} as const;

export function roleOf({ viewer }: Pick<Asked, "viewer">, path: unknown): number {
  const at = String(path);
  if (viewer === "admin") return 60;
  if (viewer === "owner") return at === "acme" || at.startsWith("acme/") ? 50 : 0;
  return { "acme/web": 40, "acme/api": 30 }[at] ?? 0;
}

export function asAdmin(respond: Respond): Respond {
  return (asked, parts) => (asked.viewer === "admin" ? respond(asked, parts) : refusal(403, "403 Forbidden"));
}

export function inGroup(
  role: number,
  respond: (asked: Asked, path: string, parts: readonly string[]) => Answered,
  status = 403,
): Respond {
  return (asked, parts) => {
    const path = groups.find(({ id }) => id === Number(parts[0]))?.full_path;
    const has = roleOf(asked, path);
    if (has === 0) return refusal(404, "404 Group Not Found");
    return has < role ? refusal(status, `${status} Forbidden`) : respond(asked, String(path), parts);
  };
}

export function inProject(respond: (asked: Asked, path: string) => Answered, status = 403): Respond {
  return (asked, [id]) => {
    const project = asked.projects.find((one) => one.id === Number(id));
    const path = project ? pathOf(project) : "";
    const has = roleOf(asked, path);
    if (has === 0) return refusal(404, "404 Project Not Found");
    return has < 40 ? refusal(status, `${status} Forbidden`) : respond(asked, path);
  };
}

export function pathOf({ path_with_namespace }: Row): string {
  return String(path_with_namespace);
}

export function projectsFor(asked: Asked): Row[] {
  const query = asked.received.url.searchParams;
  const least = Number(query.get("min_access_level") ?? 1);
  const found = asked.projects.filter((project) => roleOf(asked, pathOf(project)) >= least);
  const kept = query.get("archived") === "false" ? found.filter(({ archived }) => !archived) : found;
  return query.get("simple") === "true" ? kept.map(({ runners_token: _, ...simple }) => simple) : kept;
}

export function namespace(asked: Asked, ref: string | undefined): Answered {
  const group = groups.find(({ id, full_path }) => String(id) === ref || full_path === ref);
  if (!group || roleOf(asked, group.full_path) === 0) return refusal(404, "404 Namespace Not Found");
  const { runners_token, ...shown } = group;
  return one({
    ...shown,
    ...(asked.path.startsWith("groups") ? { runners_token } : { kind: "group" }),
    ...(asked.plan && { plan: asked.plan }),
  });
}

export function membership(asked: Asked, id: number): Answered {
  const role = roleOf(asked, groups.find((group) => group.id === id)?.full_path);
  return role === 0 ? refusal(404, "404 Not found") : one({ id: OWN[asked.viewer].user, access_level: role });
}

export function people(asked: Asked): Answered {
  if (asked.people === "denied") return refusal(403, "403 Forbidden");
  const persons = accessTokens.filter(({ user_id, impersonation }) => Number(user_id) < 50 && !impersonation);
  const service = accessTokens.filter(({ user_id }) => user_id === 52);
  return asked.people === "shown" ? list(asked, [...persons, ...service]) : refusal(404, "404 Not Found");
}

export function ownOrAll({ viewer }: Asked): Row[] {
  if (viewer === "admin") return accessTokens;
  return accessTokens.filter(({ user_id, impersonation }) => user_id === OWN[viewer].user && !impersonation);
}

export function impersonations(user: number): Row[] {
  return accessTokens.filter(({ user_id, impersonation }) => impersonation && user_id === user);
}

export function keysOf(path: string): Row[] {
  return deployKeys
    .filter(({ pushes, pulls }) => [...(pushes as string[]), ...(pulls as string[])].includes(path))
    .map((key) => ({ ...key, can_push: (key.pushes as string[]).includes(path) }));
}

export function withProjects(key: Row): Row {
  const named = (paths: unknown) => projects.filter((project) => (paths as string[]).includes(pathOf(project)));
  return { ...key, projects_with_write_access: named(key.pushes), projects_with_readonly_access: named(key.pulls) };
}
