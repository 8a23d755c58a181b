import type { Coverage } from "../../model/documents.gen.ts";
import { isMapping } from "../../model/mapping.ts";
import { NOT_EXPOSED } from "../../model/told.ts";
import type { Refused } from "../../net/http.ts";
import { reasonOf } from "../gap.ts";
import { type Estate, isMissingThere, type Network } from "./estate.ts";
import { familyOf } from "./families.ts";
import { connected, isNamed, pagesOf } from "./graphql.ts";
import { coverageOf, failure } from "./listing.ts";

const QUERY = `query($login: String!, $after: String) {
  organization(login: $login) {
    login
    ipAllowListEnabledSetting
    ipAllowListForInstalledAppsEnabledSetting
    ipAllowListEntries(first: 100, after: $after) {
      nodes { allowListValue isActive }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const notAskedNetwork: Network = { users: { unknown: "not-asked" }, apps: { unknown: "not-asked" } };

/** From where the organisation lets itself be asked, for all its tokens alike: GitHub has no such limit for one token. */
export async function networkOf(
  estate: Pick<Estate, "account" | "http" | "hosts" | "holder">,
): Promise<{ network: Network; coverage: Coverage[] }> {
  const family = familyOf("ip-allow-list");
  const list = await allowList(estate);
  const ending = { pages: 1, strange: 0, ...("refused" in list && list) };
  const coverage = coverageOf(estate, { family, items: 0, ending });
  // It holds no tokens, and is read all the same.
  if (!("refused" in list))
    return { network: networkFrom(list), coverage: coverage.map((one) => ({ ...one, outcome: "read" })) };
  const unknown = isMissingThere(family, list.refused) ? NOT_EXPOSED.unknown : reasonOf(list.refused);
  return { network: { users: { unknown }, apps: { unknown } }, coverage };
}

interface AllowList {
  isEnabled: boolean;
  /** Addresses that the makers of installed apps wrote down count as well; nobody shows which. */
  isOpenToApps: boolean;
  blocks: string[];
}

function networkFrom({ isEnabled, isOpenToApps, blocks }: AllowList): Network {
  const limit = { value: isEnabled ? blocks : null };
  return { users: limit, apps: isEnabled && isOpenToApps ? NOT_EXPOSED : limit };
}

async function allowList(
  estate: Pick<Estate, "account" | "http" | "hosts">,
): Promise<AllowList | { refused: Refused }> {
  const pages = {
    what: "the IP allow list",
    pageIn: ({ organization }: Readonly<Record<string, unknown>>) => pageOf(organization, estate.account),
  };
  let list: AllowList = { isEnabled: false, isOpenToApps: false, blocks: [] };
  for await (const one of pagesOf(estate, QUERY, { login: estate.account }, pages)) {
    if ("refused" in one) return one;
    list = { ...one.page, blocks: [...new Set([...list.blocks, ...one.page.blocks])] };
    if (list.blocks.length > MOST) return { refused: failure("POST graphql: the IP allow list has too many entries") };
  }
  return list;
}

/** Most entries that a record can hold. */
const MOST = 10_000;

function pageOf(organization: unknown, account: string): (AllowList & { cursor: string | undefined }) | undefined {
  if (!isMapping(organization) || !isNamed(organization.login, account)) return undefined;
  const { ipAllowListEnabledSetting: setting, ipAllowListForInstalledAppsEnabledSetting: apps } = organization;
  const page = connected(organization.ipAllowListEntries);
  if (!page || (setting !== "ENABLED" && setting !== "DISABLED")) return undefined;
  const blocks = blocksOf(page.nodes);
  return blocks && { isEnabled: setting === "ENABLED", isOpenToApps: apps !== "DISABLED", blocks, cursor: page.cursor };
}

/** The blocks that are in force; one that cannot be read leaves the list unknown. */
function blocksOf(nodes: readonly unknown[]): string[] | undefined {
  const blocks: string[] = [];
  for (const node of nodes) {
    if (!isMapping(node) || typeof node.allowListValue !== "string" || typeof node.isActive !== "boolean")
      return undefined;
    if (!/^[0-9A-Fa-f.:/]{1,64}$/.test(node.allowListValue)) return undefined;
    if (node.isActive) blocks.push(node.allowListValue);
  }
  return blocks;
}
