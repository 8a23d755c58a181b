import type { GitlabConfig } from "../../../src/collect/gitlab/index.ts";
import type { Source } from "../../../src/model/documents.gen.ts";
import type { Answered, Estate } from "../../support/faults.ts";
import type { Received } from "../../support/loopback.ts";
import {
  accessTokens,
  agents,
  agentTokens,
  allowed,
  credentials,
  deployKeys,
  deployTokens,
  groups,
  open,
  projects,
  runners,
  triggers,
  users,
  type Viewer,
} from "./company.ts";

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

const VARIABLE = "TOKENWARD_GITLAB_TOKEN";

/** Something in every listing, and several pages of most, in few requests. */
export function smallGitlab(viewer: Viewer): GitlabEstate {
  return gitlabEstate({ viewer, isSmall: true, people: "shown", plan: "ultimate", perPage: 3 });
}

export interface GitlabEstate extends Estate {
  source(base: string): Source & GitlabConfig;
}

/** The company behind a GitLab that answers as the real one does to this viewer. */
export function gitlabEstate(options: Options): GitlabEstate {
  const { viewer, config } = options;
  const scope = { admin: { instance: true }, owner: { group: "acme" }, plain: {} }[viewer];
  const all = [...projects, ...(options.more ?? [])];
  return {
    env: { [VARIABLE]: credentials[viewer] },
    source: (base) => ({ use: "gitlab", base_url: base, credential: { env: VARIABLE }, ...scope, ...config }),
    respond(received) {
      const path = received.url.pathname.replace(/^\/api\/v4\//, "");
      const different = options.instead?.(path) ?? (options.isSmall ? small(path) : undefined);
      if (different) return different;
      if (received.headers["private-token"] !== credentials[viewer]) return refusal(401, "401 Unauthorized");
      return answer({ ...options, received, path, projects: all });
    },
  };
}

function small(path: string): Answered | undefined {
  if (/^(?:groups\/1\/)?projects$/.test(path)) return answered([{ id: 101, path_with_namespace: "acme/web" }]);
  if (path === "groups" || path.endsWith("/descendant_groups"))
    return answered([{ id: 2, full_path: "acme/platform" }]);
  return path.endsWith("/cluster_agents") ? answered([{ id: 61, name: "prod" }]) : undefined;
}

export function answered(body: unknown, headers: Record<string, string> = {}): Answered {
  return { status: 200, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

export function refusal(status: number, message: string): Answered {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
}

interface Asked extends Options {
  received: Received;
  path: string;
  projects: readonly Row[];
}

function answer(asked: Asked): Answered {
  for (const [pattern, respond] of routes) {
    const match = pattern.exec(asked.path);
    if (match) return respond(asked, match.slice(1).map(decodeURIComponent));
  }
  return refusal(404, "404 Not Found");
}

type Respond = (asked: Asked, parts: readonly string[]) => Answered;

const routes: readonly (readonly [RegExp, Respond])[] = [
  [/^personal_access_tokens\/self$/, (asked) => one(accessTokens.find(({ id }) => id === OWN[asked.viewer].token))],
  [
    /^user$/,
    ({ viewer }) =>
      one({ ...users.find(({ id }) => id === OWN[viewer].user), ...(viewer === "admin" && { is_admin: true }) }),
  ],
  [/^personal_access_tokens$/, (asked) => list(asked, ownOrAll(asked))],
  [/^users$/, asAdmin((asked) => list(asked, users))],
  [/^users\/(\d+)\/impersonation_tokens$/, asAdmin((asked, [id]) => list(asked, impersonations(Number(id))))],
  [/^deploy_tokens$/, asAdmin((asked) => list(asked, deployTokens))],
  [/^deploy_keys$/, asAdmin((asked) => list(asked, deployKeys.map(withProjects)))],
  [/^runners\/all$/, asAdmin((asked) => list(asked, runners))],
  [
    /^groups$/,
    (asked) =>
      list(
        asked,
        groups.filter((group) => roleOf(asked, group.full_path) > 0),
      ),
  ],
  [/^projects$/, (asked) => list(asked, projectsFor(asked))],
  [/^namespaces\/([^/]+)$/, (asked, [ref]) => namespace(asked, ref)],
  [/^groups\/([^/]+)$/, (asked, [ref]) => namespace(asked, ref)],
  [
    /^groups\/(\d+)\/descendant_groups$/,
    inGroup(20, (asked, path) =>
      list(
        asked,
        groups.filter(({ full_path }) => String(full_path).startsWith(`${path}/`)),
      ),
    ),
  ],
  [
    /^groups\/(\d+)\/projects$/,
    inGroup(20, (asked, path) =>
      list(
        asked,
        projectsFor(asked).filter((project) => pathOf(project).startsWith(`${path}/`)),
      ),
    ),
  ],
  [
    /^groups\/(\d+)\/access_tokens$/,
    inGroup(
      50,
      (asked, path) =>
        list(
          asked,
          accessTokens.filter(({ of }) => of === path),
        ),
      401,
    ),
  ],
  [
    /^groups\/(\d+)\/deploy_tokens$/,
    inGroup(50, (asked, path) =>
      list(
        asked,
        deployTokens.filter(({ of }) => of === path),
      ),
    ),
  ],
  [
    /^groups\/(\d+)\/runners$/,
    inGroup(40, (asked, path) =>
      list(
        asked,
        runners.filter(({ serves }) => (serves as string[]).some((of) => `${path}/`.startsWith(`${of}/`))),
      ),
    ),
  ],
  [
    /^groups\/(\d+)\/service_accounts$/,
    inGroup(50, (asked, path) =>
      list(
        asked,
        users
          .filter(({ service_account }) => service_account === path)
          .map(({ id, username, name }) => ({ id, username, name })),
      ),
    ),
  ],
  [
    /^groups\/(\d+)\/service_accounts\/(\d+)\/personal_access_tokens$/,
    inGroup(50, (asked, _, [, id]) =>
      list(
        asked,
        accessTokens.filter(({ user_id }) => user_id === Number(id)),
      ),
    ),
  ],
  [/^groups\/(\d+)\/manage\/personal_access_tokens$/, inGroup(50, (asked) => people(asked))],
  [
    /^projects\/(\d+)\/access_tokens$/,
    inProject(
      (asked, path) =>
        list(
          asked,
          accessTokens.filter(({ of }) => of === path),
        ),
      401,
    ),
  ],
  [
    /^projects\/(\d+)\/deploy_tokens$/,
    inProject((asked, path) =>
      list(
        asked,
        deployTokens.filter(({ of }) => of === path),
      ),
    ),
  ],
  [/^projects\/(\d+)\/deploy_keys$/, inProject((asked, path) => list(asked, keysOf(path)))],
  [
    /^projects\/(\d+)\/triggers$/,
    inProject((asked, path) =>
      list(
        asked,
        triggers.filter(({ of }) => of === path),
        "x-next-page",
      ),
    ),
  ],
  [
    /^projects\/(\d+)\/runners$/,
    inProject((asked, path) =>
      list(
        asked,
        runners.filter(({ serves }) => (serves as string[]).includes(path)),
      ),
    ),
  ],
  [
    /^projects\/(\d+)\/job_token_scope$/,
    inProject((_, path) => one({ inbound_enabled: !open.has(path), outbound_enabled: false })),
  ],
  [
    /^projects\/(\d+)\/job_token_scope\/allowlist$/,
    inProject((asked) =>
      list(
        asked,
        projects.filter(({ id }) => (allowed.projects as readonly unknown[]).includes(id)),
      ),
    ),
  ],
  [
    /^projects\/(\d+)\/job_token_scope\/groups_allowlist$/,
    inProject((asked) =>
      list(
        asked,
        groups.filter(({ id }) => (allowed.groups as readonly unknown[]).includes(id)),
      ),
    ),
  ],
  [
    /^projects\/(\d+)\/cluster_agents$/,
    inProject((asked, path) =>
      list(
        asked,
        agents.filter(({ of }) => of === path),
      ),
    ),
  ],
  [
    /^projects\/\d+\/cluster_agents\/(\d+)\/tokens$/,
    (asked) =>
      list(
        asked,
        agentTokens.map(({ last_used_at: _, ...basic }) => basic),
      ),
  ],
  [
    /^projects\/\d+\/cluster_agents\/\d+\/tokens\/(\d+)$/,
    (_, [id]) => one(agentTokens.find((token) => token.id === Number(id))),
  ],
  [/^groups\/(\d+)\/members\/all\/(\d+)$/, (asked, [id]) => membership(asked, Number(id))],
  [/^application\/statistics$/, asAdmin(() => one({ users: "10" }))],
];

/** Each viewer's own token and user. */
const OWN = {
  admin: { token: 1001, user: 1 },
  owner: { token: 1201, user: 51 },
  plain: { token: 1002, user: 2 },
} as const;

function roleOf({ viewer }: Pick<Asked, "viewer">, path: unknown): number {
  const at = String(path);
  if (viewer === "admin") return 60;
  if (viewer === "owner") return at === "acme" || at.startsWith("acme/") ? 50 : 0;
  return { "acme/web": 40, "acme/api": 30 }[at] ?? 0;
}

function asAdmin(respond: Respond): Respond {
  return (asked, parts) => (asked.viewer === "admin" ? respond(asked, parts) : refusal(403, "403 Forbidden"));
}

function inGroup(
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

function inProject(respond: (asked: Asked, path: string) => Answered, status = 403): Respond {
  return (asked, [id]) => {
    const project = asked.projects.find((one) => one.id === Number(id));
    const path = project ? pathOf(project) : "";
    const has = roleOf(asked, path);
    if (has === 0) return refusal(404, "404 Project Not Found");
    return has < 40 ? refusal(status, `${status} Forbidden`) : respond(asked, path);
  };
}

function pathOf({ path_with_namespace }: Row): string {
  return String(path_with_namespace);
}

function projectsFor(asked: Asked): Row[] {
  const query = asked.received.url.searchParams;
  const least = Number(query.get("min_access_level") ?? 1);
  const found = asked.projects.filter((project) => roleOf(asked, pathOf(project)) >= least);
  const kept = query.get("archived") === "false" ? found.filter(({ archived }) => !archived) : found;
  return query.get("simple") === "true" ? kept.map(({ runners_token: _, ...simple }) => simple) : kept;
}

function namespace(asked: Asked, ref: string | undefined): Answered {
  const group = groups.find(({ id, full_path }) => String(id) === ref || full_path === ref);
  if (!group || roleOf(asked, group.full_path) === 0) return refusal(404, "404 Namespace Not Found");
  const { runners_token, ...shown } = group;
  return one({
    ...shown,
    ...(asked.path.startsWith("groups") ? { runners_token } : { kind: "group" }),
    ...(asked.plan && { plan: asked.plan }),
  });
}

function membership(asked: Asked, id: number): Answered {
  const role = roleOf(asked, groups.find((group) => group.id === id)?.full_path);
  return role === 0 ? refusal(404, "404 Not found") : one({ id: OWN[asked.viewer].user, access_level: role });
}

function people(asked: Asked): Answered {
  if (asked.people === "denied") return refusal(403, "403 Forbidden");
  const persons = accessTokens.filter(({ user_id, impersonation }) => Number(user_id) < 50 && !impersonation);
  const service = accessTokens.filter(({ user_id }) => user_id === 52);
  return asked.people === "shown" ? list(asked, [...persons, ...service]) : refusal(404, "404 Not Found");
}

function ownOrAll({ viewer }: Asked): Row[] {
  if (viewer === "admin") return accessTokens;
  return accessTokens.filter(({ user_id, impersonation }) => user_id === OWN[viewer].user && !impersonation);
}

function impersonations(user: number): Row[] {
  return accessTokens.filter(({ user_id, impersonation }) => impersonation && user_id === user);
}

function keysOf(path: string): Row[] {
  return deployKeys
    .filter(({ pushes, pulls }) => [...(pushes as string[]), ...(pulls as string[])].includes(path))
    .map((key) => ({ ...key, can_push: (key.pushes as string[]).includes(path) }));
}

function withProjects(key: Row): Row {
  const named = (paths: unknown) => projects.filter((project) => (paths as string[]).includes(pathOf(project)));
  return { ...key, projects_with_write_access: named(key.pushes), projects_with_readonly_access: named(key.pulls) };
}

const INNER = new Set(["of", "serves", "pushes", "pulls", "impersonation", "service_account"]);

/** Without what only this double knows. */
function shown(row: Row | undefined): Row {
  return Object.fromEntries(Object.entries(row ?? {}).filter(([key]) => !INNER.has(key)));
}

function one(row: Row | undefined): Answered {
  return row ? answered(shown(row)) : refusal(404, "404 Not Found");
}

/** One page, with the next in the `Link` header, or in `x-next-page` alone as behind proxies that drop links. */
function list({ received, perPage = 2 }: Asked, rows: readonly Row[], by: "link" | "x-next-page" = "link"): Answered {
  const { url } = received;
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 20), perPage);
  const isKeyset = url.searchParams.get("pagination") === "keyset";
  const after = Number(url.searchParams.get("id_after") ?? 0);
  const page = Number(url.searchParams.get("page") ?? 1);
  const left = isKeyset ? rows.filter(({ id }) => Number(id) > after) : rows.slice((page - 1) * size);
  const records = left.slice(0, size);
  const next = new URL(url);
  if (isKeyset) next.searchParams.set("id_after", String(records.at(-1)?.id));
  else next.searchParams.set("page", String(page + 1));
  const hasNext = left.length > size;
  return answered(records.map(shown), {
    ...(hasNext && by === "link" && { link: `<${next.href}>; rel="next", <${url.href}>; rel="first"` }),
    ...(!isKeyset && { "x-next-page": hasNext ? String(page + 1) : "", "x-total": String(rows.length) }),
  });
}
