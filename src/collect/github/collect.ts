import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import type { Refused } from "../../net/http.ts";
import { gap, listed, withRemedy } from "../gap.ts";
import type { Context } from "../provider.ts";
import { type Access, accessTo } from "./access.ts";
import { adminTokens } from "./admin-tokens.ts";
import type { GitHubConfig } from "./config.ts";
import type { Estate } from "./estate.ts";
import { type Selection, selectionOf } from "./families.ts";
import { type Hosts, hostsOf } from "./hosts.ts";
import { failure } from "./listing.ts";
import { networkOf, notAskedNetwork } from "./network.ts";
import { leftOut, organization } from "./organization.ts";
import { organizationsOf } from "./organizations.ts";
import { normalisePresented } from "./user.ts";

/** Everything that the organisations of a source show, one after the other. */
export async function* collect(config: GitHubConfig, context: Context): AsyncIterable<Collected> {
  const hosts = hostsOf(config.base_url);
  const access = await accessTo(config, hosts, context);
  const run: Run = { access, hosts, selection: selectionOf(config), asOf: context.asOf };
  let isBegun = false;
  for await (const found of organizationsIn(config, run)) {
    if (typeof found !== "string") yield found;
    else {
      const opened = await opening(found, run);
      yield* opened.coverage.map((coverage) => ({ coverage }));
      if (!opened.estate) continue;
      if (!isBegun) yield* onceForAll(opened.estate, run);
      isBegun = true;
      yield* organization(opened.estate);
    }
  }
}

interface Run {
  access: Access;
  hosts: Hosts;
  selection: Selection;
  asOf: string;
}

/** The organisations that a source names, or that its enterprise has. */
async function* organizationsIn(
  { organization: named = [], enterprise }: GitHubConfig,
  run: Run,
): AsyncIterable<string | Collected> {
  if (enterprise === undefined) {
    // Case makes no other organisation.
    yield* new Map([named].flat().map((login) => [login.toLowerCase(), login])).values();
    return;
  }
  const opened = await run.access.enterprise(enterprise);
  const logins = "refused" in opened ? [opened] : organizationsOf(enterprise, { ...opened, hosts: run.hosts });
  for await (const login of logins) {
    if (typeof login === "string") yield login;
    else yield { coverage: notListed(enterprise, login.refused) };
  }
}

/** One organisation with what all its tokens have in common, or why there is no way to it. */
async function opening(account: string, run: Run): Promise<{ estate?: Estate; coverage: Coverage[] }> {
  const opened = await run.access.organization(account);
  if ("refused" in opened) return { coverage: [notOpened(account, opened.refused)] };
  const estate = { account, ...run, ...opened };
  if (!run.selection.asks("ip-allow-list")) return { estate: { ...estate, network: notAskedNetwork }, coverage: [] };
  const { network, coverage } = await networkOf(estate);
  return { estate: { ...estate, network }, coverage };
}

/** What belongs to the source and to no organisation in particular; it is told with the first. */
async function* onceForAll(estate: Estate, { access, selection }: Run): AsyncIterable<Collected> {
  yield* leftOut(estate);
  yield* presented(estate, access);
  if (selection.asks("admin-tokens")) yield* adminTokens({ ...estate, network: notAskedNetwork });
}

/** The credential in use as one more token; an app's is among the installations. */
async function* presented(estate: Estate, { user, app }: Access): AsyncIterable<Collected> {
  if (app) return;
  const asked = { source: "github", account: estate.account, subject: "the credential itself" };
  if (!user) {
    const detail = "the token of an installation tells nobody which app it belongs to";
    yield { coverage: { ...asked, outcome: "not-exposed", items: 0, detail } };
    return;
  }
  const reply = await user();
  const token = reply.outcome === "read" ? normalisePresented(reply, estate) : undefined;
  if (token) yield { token };
  const refused = reply.outcome === "read" ? failure("GET user answered a user without an id") : reply;
  yield { coverage: token ? listed(asked, 1) : gap(asked, refused) };
}

function notListed(enterprise: string, refused: Refused): Coverage {
  const remedy =
    "let an owner of the enterprise issue the token, with the scope read:enterprise; or name the organisations";
  const asked = { source: "github", account: enterprise, subject: "organisations of the enterprise" };
  return gap(asked, withRemedy(refused, remedy));
}

/** Only an app has to be let in. */
function notOpened(account: string, refused: Refused): Coverage {
  const remedy = `install the app on ${account}, or take it out of the source; check app.id and app.private_key where none is let in`;
  const asked = { source: "github", account, subject: "the organisation" };
  return gap(asked, withRemedy(refused, remedy));
}
