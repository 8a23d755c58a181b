import type { Coverage } from "../../model/documents.gen.ts";
import { shown } from "../../model/shown.ts";
import type { Context } from "../provider.ts";
import { type Answer, pagesOf } from "./ask.ts";
import { type AwsConfig, SOURCE } from "./config.ts";
import { ORGANIZATION_ACTION } from "./rights.ts";
import { gapOf, notAsked } from "./scan.ts";
import { loadOrganizations } from "./sdk.ts";
import { assumed, clientOptions, type Target } from "./session.ts";

/** The accounts of the configuration one by one, and what became of those that cannot be asked. */
export async function* targets(
  own: Target,
  config: AwsConfig,
  context: Context,
): AsyncIterable<{ target: Target } | { coverage: Coverage }> {
  const asked = new Set<string>();
  for await (const one of idsOf(own, config, context)) {
    if ("coverage" in one) yield one;
    else if (!asked.has(one.id)) {
      asked.add(one.id);
      const target = await targetFor(one.id, own, config, context);
      if (target.outcome === "read") yield { target: target.output };
      else yield { coverage: gapOf(one.id, subjectOf(one), target) };
    }
  }
}

/** Its own account as itself, every other by the role in it. */
export async function targetFor(
  account: string,
  own: Target,
  config: AwsConfig,
  context: Context,
): Promise<Answer<Target>> {
  return account === own.caller.account
    ? { outcome: "read", output: own }
    : assumed(own.session, account, config, context);
}

/** The accounts of the credential's organisation, page by page. */
export async function organizationPages({ session }: Target, config: AwsConfig, context: Context) {
  const { OrganizationsClient, ListAccountsCommand } = await loadOrganizations();
  const client = new OrganizationsClient(clientOptions(session, config, context));
  return pagesOf(ORGANIZATION_ACTION, async ({ Marker }) => {
    const page = await client.send(
      new ListAccountsCommand({ MaxResults: 20, ...(Marker === undefined ? {} : { NextToken: Marker }) }),
    );
    return { ...page, Marker: page.NextToken, IsTruncated: page.NextToken !== undefined && page.NextToken !== "" };
  });
}

interface Member {
  id: string;
  name?: string;
}

type Listed = Member | { coverage: Coverage };

async function* idsOf(own: Target, config: AwsConfig, context: Context): AsyncIterable<Listed> {
  const { organization = false, accounts = organization ? [] : [own.caller.account] } = config;
  for (const id of accounts) yield { id };
  if (organization) yield* membersOf(own, config, context);
}

async function* membersOf(own: Target, config: AwsConfig, context: Context): AsyncIterable<Listed> {
  const { account } = own.caller;
  let pages = 0;
  for await (const page of await organizationPages(own, config, context)) {
    if (page.outcome !== "read") {
      yield { coverage: gapOf(account, MEMBERS, page) };
      return;
    }
    pages += 1;
    for (const { Id = "", Name, State, Status } of page.output.Accounts ?? [])
      yield listedAs(Id, Name, State ?? Status, account);
  }
  yield { coverage: { source: SOURCE, account, subject: MEMBERS, outcome: "read", items: 0, pages } };
}

const MEMBERS = "accounts of the organisation";
/** Nobody can sign in to these, and no key of theirs works. */
const CLOSED = ["SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"];

function listedAs(id: string, name: string | undefined, state: string | undefined, organization: string): Listed {
  if (!/^\d{12}$/.test(id)) {
    const detail = `${ORGANIZATION_ACTION} listed an account under the id ${shown(id)}, which is none`;
    return { coverage: gapOf(organization, MEMBERS, { outcome: "failed", detail, remedy: "run it again" }) };
  }
  const member = { id, ...(name === undefined ? {} : { name }) };
  if (state === undefined || !CLOSED.includes(state)) return member;
  return { coverage: notAsked(id, subjectOf(member), `it is ${state}`) };
}

function subjectOf({ id, name }: Member): string {
  return name === undefined ? `account ${id}` : `account ${id} ${shown(name)}`;
}
