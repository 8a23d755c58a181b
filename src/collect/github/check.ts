import { isMapping } from "../../model/mapping.ts";
import type { Refused, Reply } from "../../net/http.ts";
import type { Check, Context } from "../provider.ts";
import { type Access, accessTo } from "./access.ts";
import type { Opened } from "./app.ts";
import type { GitHubConfig } from "./config.ts";
import type { Holder } from "./estate.ts";
import { familyIds, familyOf, leastRights, type Selection, selectionOf } from "./families.ts";
import { ask } from "./graphql.ts";
import { type Hosts, hostsOf } from "./hosts.ts";
import { textOf } from "./record.ts";
import { beyond, holdsPermission, holdsScope } from "./rights.ts";

/** What `doctor` asks: whether the credential works, what it reaches, and which rights are missing or too many. */
export async function* check(config: GitHubConfig, context: Context): AsyncIterable<Check> {
  const hosts = hostsOf(config.base_url);
  const selection = selectionOf(config);
  const access = await accessTo(config, hosts, context);
  yield await credential(access);
  const rights = new Map<string, Check>();
  for (const login of [config.organization ?? []].flat()) {
    const opened = await access.organization(login);
    yield await reached(`organization ${login}`, opened, ({ http }) => http.get({ path: `orgs/${login}` }));
    if (!("refused" in opened)) addTo(rights, rightsOf(opened.holder, selection));
  }
  if (config.enterprise !== undefined) yield await enterprise(config.enterprise, access, hosts);
  // Installations of one app may have been granted different rights; each is told once.
  yield* rights.values();
}

async function credential({ user, app }: Access): Promise<Check> {
  const subject = "credential";
  const ask = app ? app.itself : user;
  if (!ask)
    return { subject, outcome: "ok", detail: "the token of an app's installation, which organisations accept or not" };
  const reply = await ask();
  if (reply.outcome === "denied" && app) return failedBy(subject, { ...reply, remedy: NO_SUCH_APP });
  if (reply.outcome !== "read") return failedBy(subject, reply);
  const { slug, login } = isMapping(reply.body) ? reply.body : {};
  return { subject, outcome: "ok", detail: app ? `the app ${textOf(slug)}` : `a token of ${textOf(login)}` };
}

const NO_SUCH_APP = "see that app.id and app.private_key are of one app, and base_url of its server";

/** What is missing once is missing. */
function addTo(rights: Map<string, Check>, more: readonly Check[]): void {
  for (const one of more) if (one.outcome !== "ok" || !rights.has(one.subject)) rights.set(one.subject, one);
}

type Open = Exclude<Opened, { refused: Refused }>;

async function reached(subject: string, opened: Opened, look: (open: Open) => Promise<Reply>): Promise<Check> {
  if ("refused" in opened) return failedBy(subject, opened.refused);
  const reply = await look(opened);
  return reply.outcome === "read" ? { subject, outcome: "ok", detail: "it answers" } : failedBy(subject, reply);
}

const QUERY = "query($slug: String!) { enterprise(slug: $slug) { slug } }";

async function enterprise(slug: string, access: Access, hosts: Hosts): Promise<Check> {
  const subject = `enterprise ${slug}`;
  const opened = await access.enterprise(slug);
  if ("refused" in opened) return failedBy(subject, opened.refused);
  const answer = await ask({ ...opened, hosts }, QUERY, { slug });
  return "refused" in answer ? failedBy(subject, answer.refused) : { subject, outcome: "ok", detail: "it answers" };
}

/** Each right that collecting takes, then what is held besides. */
function rightsOf({ type, scopes, permissions }: Holder, selection: Selection): Check[] {
  const least = leastRights(selection);
  if (permissions) return compared(permissions, least.permissions, holdsPermission, selection);
  if (scopes) return [...compared(scopes, least.scopes, holdsScope, selection), ...onlyForApps(selection)];
  const remedy = `compare its permissions with ${least.permissions.join(", ")}`;
  const detail = `GitHub does not tell the permissions of ${type === "app" ? "an installation's" : "this kind of"} token`;
  return [{ subject: "rights", outcome: "unknown", detail, remedy }];
}

function compared(
  held: readonly string[],
  least: readonly string[],
  holds: (held: readonly string[], wanted: string) => boolean,
  selection: Selection,
): Check[] {
  const needed = least.map((right): Check => {
    const subject = `right ${right}`;
    if (holds(held, right)) return { subject, outcome: "ok", detail: "held" };
    const hidden = hiddenWithout(right, selection);
    const remedy = `grant it, or leave the listings out with skip: [${hidden.ids.join(", ")}]`;
    return { subject, outcome: "missing", detail: `without it these stay hidden: ${hidden.titles.join(", ")}`, remedy };
  });
  return [...needed, ...beyond(least, held, holds).map(tooMuch)];
}

function tooMuch(right: string): Check {
  const remedy = "take it away: collecting needs less";
  return { subject: `right ${right}`, outcome: "extra", detail: "held, and more than collecting takes", remedy };
}

function hiddenWithout(right: string, { asks }: Selection): { ids: string[]; titles: string[] } {
  const hidden = familyIds.filter(asks).map(familyOf).filter(needs(right));
  if (hidden.length === 0) return { ids: ["repositories"], titles: ["everything that hangs on repositories"] };
  return { ids: hidden.map(({ id }) => id), titles: hidden.map(({ title }) => title) };
}

function needs(right: string) {
  return ({ permissions, scopes }: { permissions: readonly string[]; scopes: readonly string[] }) =>
    [...permissions, ...scopes].includes(right);
}

/** No scope opens these lists. */
function onlyForApps({ asks }: Selection): Check[] {
  return familyIds
    .filter(asks)
    .map(familyOf)
    .filter(({ scopes }) => scopes.length === 0)
    .map(({ id, title }) => ({
      subject: `listing ${id}`,
      outcome: "missing",
      detail: `GitHub shows ${title} to apps alone`,
      remedy: `collect as a GitHub App, or leave them out with skip: [${id}]`,
    }));
}

function failedBy(subject: string, { detail, remedy }: Refused): Check {
  return { subject, outcome: "failed", detail, remedy };
}
