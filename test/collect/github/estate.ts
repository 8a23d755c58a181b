import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import type { Source } from "../../../src/model/documents.gen.ts";
import type { Answered, Estate } from "../../support/faults.ts";
import type { Received } from "../../support/loopback.ts";
import { company, type Organization, OWN_INSTALLATION, type Repository, type Row, user } from "./company.ts";

export interface Made extends Estate {
  organizations: Record<string, Organization>;
  /** Every question, in order, without the host. */
  asked: string[];
}

export interface Options {
  /** What the source has besides `use`, its address and its credential. */
  config?: Row;
  /** An app, or a classic token of an owner. */
  as?: "app" | "classic";
  organizations?: Record<string, Organization>;
  /** The most that a page holds, whatever was asked for. */
  page?: number;
  /** An answer in place of the right one. */
  instead?: (path: string, received: Received) => { status: number; body?: unknown; headers?: Row } | undefined;
  scopes?: string;
  permissions?: Row;
  selection?: string;
  headers?: Record<string, string>;
  /** Seconds since 1970 at the server; absent: it does not look. */
  clock?: () => number;
  /** The end of tokens of installations. */
  ends?: () => string;
}

export const CLASSIC = `gh${"p"}_${"Own0Token1".repeat(4).slice(0, 36)}`;
export const ISSUED = `gh${"s"}_${"Issued0Hour".repeat(4).slice(0, 36)}`;

let keys: { pem: string; publicPem: string } | undefined;

export function keyPair(): { pem: string; publicPem: string } {
  if (keys) return keys;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  keys = {
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
  return keys;
}

export const PERMISSIONS = {
  actions: "read",
  administration: "read",
  codespaces_secrets: "read",
  dependabot_secrets: "read",
  environments: "read",
  metadata: "read",
  organization_administration: "read",
  organization_codespaces_secrets: "read",
  organization_dependabot_secrets: "read",
  organization_personal_access_token_requests: "read",
  organization_personal_access_tokens: "read",
  organization_secrets: "read",
  secrets: "read",
};

/** The whole company as GitHub's API shows it to an app or to an owner. */
export function githubEstate(options: Options = {}): Made {
  const organizations = options.organizations ?? company();
  const asked: string[] = [];
  const as = options.as ?? "app";
  const credential =
    as === "app" ? { app: { id: 123, private_key: { env: "APP_KEY" } } } : { credential: { env: "OWN_TOKEN" } };
  return {
    organizations,
    asked,
    env: as === "app" ? { APP_KEY: keyPair().pem } : { OWN_TOKEN: CLASSIC },
    source: (base) =>
      ({
        use: "github" as const,
        ...(options.config?.enterprise === undefined && { organization: Object.keys(organizations) }),
        base_url: `${base}/api/v3`,
        ...credential,
        ...options.config,
      }) as Source,
    respond(received) {
      const path = received.url.pathname.replace(/^\/api(?:\/v3)?\//, "");
      asked.push(`${received.method} ${path}${received.url.search}`);
      const instead = options.instead?.(path, received);
      if (instead) return answer(instead.body ?? { message: "made up" }, instead.status, instead.headers);
      return responseTo(path, received, { organizations, as, options });
    },
  };
}

interface Server {
  organizations: Record<string, Organization>;
  as: "app" | "classic";
  options: Options;
}

function responseTo(path: string, received: Received, server: Server): Answered {
  const bearer = /^Bearer (\S+)$/.exec(String(received.headers.authorization))?.[1] ?? "";
  if (path === "app" || /installation$|access_tokens$/.test(path)) return toApp(path, bearer, server);
  if (bearer !== (server.as === "app" ? ISSUED : CLASSIC)) return answer({ message: "Bad credentials" }, 401);
  if (path === "graphql") return toGraphql(JSON.parse(received.body), server);
  if (path === "user") return toUser(server);
  const found = find(path, server);
  return found === undefined ? answer({ message: "Not Found" }, 404) : paged(found, received, server);
}

function toApp(path: string, bearer: string, { options, organizations }: Server): Answered {
  if (!isSigned(bearer, options.clock)) return answer({ message: "A JSON web token could not be decoded" }, 401);
  if (path === "app") return answer({ id: 123, slug: "tokenward" });
  const issued = /^app\/installations\/(\d+)\/access_tokens$/.exec(path);
  if (issued)
    return answer(
      {
        token: ISSUED,
        expires_at: options.ends?.() ?? "2030-01-01T01:00:00Z",
        permissions: options.permissions ?? PERMISSIONS,
        repository_selection: options.selection ?? "all",
      },
      201,
    );
  const [, kind, name = ""] = /^(orgs|enterprises)\/([^/]+)\/installation$/.exec(path) ?? [];
  if (kind === "enterprises") return answer({ id: 9000 });
  const id = OWN_INSTALLATION[name];
  const own = organizations[name]?.installations.find((one) => one.id === id);
  return Object.hasOwn(organizations, name) ? answer(own ?? { id }) : answer({}, 404);
}

function isSigned(jwt: string, clock: Options["clock"]): boolean {
  const [head, claims, signature] = jwt.split(".");
  if (!head || !claims || !signature) return false;
  const key = createPublicKey(keyPair().publicPem);
  if (!verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"))) return false;
  const { iat, exp, iss } = JSON.parse(Buffer.from(claims, "base64url").toString());
  const now = clock?.();
  return iss === "123" && exp - iat <= 600 && (now === undefined || (iat <= now && now < exp && exp - now <= 600));
}

function toUser({ options }: Server): Answered {
  return answer({ ...user(77, "owner"), suspended_at: null }, 200, {
    "x-oauth-scopes": options.scopes ?? "repo, admin:org, delete_repo",
    "github-authentication-token-expiration": "2030-06-01 00:00:00 UTC",
    ...options.headers,
  });
}

/** The list or document at a path. */
function find(path: string, { organizations, options }: Server): Listed | undefined {
  if (path === "admin/tokens") return options.scopes?.includes("site_admin") ? { rows: [] } : undefined;
  const [, kind, name = "", rest = ""] = /^(orgs|repos)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  const organization = Object.hasOwn(organizations, name) ? organizations[name] : undefined;
  if (!organization) return undefined;
  return kind === "orgs" ? ofOrganization(rest, organization, name) : ofRepository(rest, organization);
}

type Listed = { rows: Row[]; member?: string; noLink?: boolean } | { document: Row } | { count: number };

function ofOrganization(rest: string, organization: Organization, login: string): Listed | undefined {
  const plain: Record<string, Listed> = {
    "": { document: { login } },
    "personal-access-tokens": { rows: organization.tokens.map(({ row }) => row) },
    "personal-access-token-requests": { rows: organization.requests.map(({ row }) => row) },
    "credential-authorizations": { rows: organization.authorizations, noLink: true },
    installations: { rows: organization.installations, member: "installations" },
    "actions/permissions/workflow": { document: organization.workflow },
    repos: { rows: organization.repositories.map(({ row }) => row) },
  };
  return plain[rest] ?? selectedIn(rest, organization) ?? secretsIn(rest, organization);
}

function selectedIn(rest: string, { tokens, requests }: Organization): Listed | undefined {
  const [, list, id] = /^personal-access-token(s|-requests)\/(\d+)\/repositories$/.exec(rest) ?? [];
  const found = (list === "s" ? tokens : requests).find(({ row }) => String(row.id) === id);
  return found && { rows: found.repositories };
}

function secretsIn(rest: string, organization: Organization): Listed | undefined {
  const [, store, name] = /^(actions|dependabot|codespaces)\/secrets(?:\/(\w+)\/repositories)?$/.exec(rest) ?? [];
  const secrets = organization.secrets[store as keyof Organization["secrets"]];
  if (name === undefined) return secrets && { rows: secrets.map(({ row }) => row), member: "secrets" };
  const count = secrets?.find(({ row }) => row.name === name)?.repositories;
  return count === undefined ? undefined : { count };
}

function ofRepository(rest: string, { repositories }: Organization): Listed | undefined {
  const [, name, what = ""] = /^([^/]+)\/(.*)$/.exec(rest) ?? [];
  const repository = repositories.find(({ row }) => row.name === name);
  if (!repository) return undefined;
  if (what === "keys") return { rows: repository.keys };
  if (what === "actions/permissions/workflow") return { document: repository.workflow };
  if (what === "environments") return { rows: repository.environments.map(({ row }) => row), member: "environments" };
  const [, environment] = /^environments\/([^/]+)\/secrets$/.exec(what) ?? [];
  if (environment !== undefined) {
    const found = repository.environments.find(({ row }) => row.name === decodeURIComponent(environment));
    return found && { rows: found.secrets, member: "secrets" };
  }
  const [, store] = /^(actions|dependabot|codespaces)\/secrets$/.exec(what) ?? [];
  const rows = store && repository[store as keyof Pick<Repository, "actions" | "dependabot" | "codespaces">];
  return rows ? { rows, member: "secrets" } : undefined;
}

function paged(found: Listed, { url }: Received, { options }: Server): Answered {
  if ("document" in found) return answer(found.document);
  if ("count" in found) return answer({ total_count: found.count, repositories: [] });
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), options.page ?? 100);
  const page = Number(url.searchParams.get("page") ?? 1);
  const rows = found.rows.slice((page - 1) * size, page * size);
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  const hasMore = page * size < found.rows.length && !found.noLink;
  const body = found.member === undefined ? rows : { total_count: found.rows.length, [found.member]: rows };
  return answer(body, 200, hasMore ? { link: `<${next.href}>; rel="next", <${url.href}>; rel="self"` } : {});
}

function toGraphql(
  { query, variables }: { query: string; variables: Row },
  { organizations, options }: Server,
): Answered {
  const size = options.page ?? 100;
  if (query.includes("enterprise(")) {
    const logins = Object.keys(organizations).map((login) => ({ login }));
    const listed = { slug: variables.slug, organizations: connection(logins, variables.after, size) };
    return answer({ data: { enterprise: listed } });
  }
  const login = String(variables.login);
  const found = Object.hasOwn(organizations, login) ? organizations[login] : undefined;
  if (!found) return answer({ data: { organization: null }, errors: [{ type: "NOT_FOUND", message: "none" }] });
  const { enabled, forApps, entries } = found.allowList;
  const organization = {
    login,
    ipAllowListEnabledSetting: enabled,
    ipAllowListForInstalledAppsEnabledSetting: forApps,
    ipAllowListEntries: connection(entries, variables.after, size),
  };
  return answer({ data: { organization } });
}

function connection(rows: Row[], after: unknown, size: number): Row {
  const start = Number(after ?? 0);
  const hasNextPage = start + size < rows.length;
  return {
    nodes: rows.slice(start, start + size),
    pageInfo: { hasNextPage, endCursor: String(Math.min(start + size, rows.length)) },
  };
}

function answer(body: unknown, status = 200, headers: Row = {}): Answered {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...(headers as Record<string, string>) },
    body: JSON.stringify(body),
  };
}
