import type { Collected } from "../../model/flow.ts";
import { isMapping } from "../../model/mapping.ts";
import type { Refused } from "../../net/http.ts";
import { reasonOf } from "../gap.ts";
import type { Estate } from "./estate.ts";
import { familyOf } from "./families.ts";
import { segment } from "./hosts.ts";
import { collected, failure, PAGE } from "./listing.ts";
import { normaliseSecret, reachOfVisibility } from "./normalise-secret.ts";
import type { Row } from "./record.ts";
import { refusals } from "./refusals.ts";

/** The kinds of stored secrets that organisations and repositories have alike: family, part of the path, kind. */
export const STORES = [
  { id: "actions-secrets", part: "actions", kind: "github/actions-secret" },
  { id: "dependabot-secrets", part: "dependabot", kind: "github/dependabot-secret" },
  { id: "codespaces-secrets", part: "codespaces", kind: "github/codespaces-secret" },
] as const;

type SecretStore = (typeof STORES)[number];

/** The secrets that an organisation keeps for its repositories. */
export async function* organizationSecrets(estate: Estate, { id, part, kind }: SecretStore): AsyncIterable<Collected> {
  const { account } = estate;
  const family = familyOf(id);
  const path = `orgs/${account}/${part}/secrets`;
  const store = {
    kind,
    prefix: "",
    place: account,
    api: `GET /orgs/{org}/${part}/secrets`,
    page: `organizations/${account}/settings/secrets/${part}`,
  };
  const unread = refusals();
  const listing = { family, request: { path, query: { per_page: PAGE } }, member: "secrets" };
  yield* collected(estate, listing, async (row) => {
    const selected = await selectedFor(estate, path, row);
    if (selected && "outcome" in selected) unread.add(selected, String(row.name));
    const told = selected && ("outcome" in selected ? { unknown: reasonOf(selected) } : selected);
    return normaliseSecret(row, { ...store, reach: reachOfVisibility(row.visibility, told) }, estate);
  });
  const subject = `repositories selected for ${family.title}`;
  yield* unread.told(estate, family, subject).map((coverage) => ({ coverage }));
}

/** The list says itself how long it is: one record of it is enough. */
async function selectedFor({ http }: Estate, list: string, row: Row): Promise<{ count: number } | Refused | undefined> {
  const name = typeof row.name === "string" ? segment(row.name) : undefined;
  if (row.visibility !== "selected" || name === undefined) return undefined;
  const path = `${list}/${name}/repositories`;
  const reply = await http.get({ path, query: { per_page: 1 } });
  if (reply.outcome !== "read") return reply;
  const count = isMapping(reply.body) ? reply.body.total_count : undefined;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0
    ? { count }
    : failure(`GET ${path} answered without a total_count`);
}
