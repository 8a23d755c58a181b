import type { GitlabConfig } from "../../../src/collect/gitlab/index.ts";
import type { Source } from "../../../src/model/documents.gen.ts";
import type { Answered, Estate } from "../../support/faults.ts";
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
import { answered, list, one, refusal } from "./replies.ts";
import {
  type Asked,
  asAdmin,
  impersonations,
  inGroup,
  inProject,
  keysOf,
  membership,
  namespace,
  type Options,
  OWN,
  ownOrAll,
  pathOf,
  people,
  projectsFor,
  type Respond,
  roleOf,
  withProjects,
} from "./views.ts";

export { answered, refusal } from "./replies.ts";
export type { Options } from "./views.ts";

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

function answer(asked: Asked): Answered {
  for (const [pattern, respond] of routes) {
    const match = pattern.exec(asked.path);
    if (match) return respond(asked, match.slice(1).map(decodeURIComponent));
  }
  return refusal(404, "404 Not Found");
}

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
