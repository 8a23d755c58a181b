import type { Collected } from "../../model/flow.ts";
import type { Refused } from "../../net/http.ts";
import type { Estate } from "./estate.ts";
import { type FamilyId, familyOf } from "./families.ts";
import { collected, PAGE, readAll } from "./listing.ts";
import { normaliseToken, type Selected } from "./normalise-personal.ts";
import { numberId, type Row } from "./record.ts";
import { faultOf, refusals } from "./refusals.ts";

const LISTS = {
  "fine-grained-pats": "personal-access-tokens",
  "pat-requests": "personal-access-token-requests",
} as const satisfies Partial<Record<FamilyId, string>>;

/** Fine-grained tokens that may reach the organisation, or ask to, with the repositories that were selected for them. */
export async function* personalTokens(estate: Estate, id: keyof typeof LISTS): AsyncIterable<Collected> {
  const family = familyOf(id);
  const path = `orgs/${estate.account}/${LISTS[id]}`;
  const request = { path, query: { per_page: PAGE, sort: "created_at", direction: "asc" } };
  const unread = refusals();
  yield* collected(estate, { family, request }, async (row) => {
    const { selected, refused } = await selectedFor(estate, path, row);
    if (refused) unread.add(refused, `token ${numberId(row.id)}`);
    return normaliseToken(row, { estate, isRequest: id === "pat-requests", selected });
  });
  const subject = `repositories selected for ${family.title}`;
  yield* unread.told(estate, family, subject).map((coverage) => ({ coverage }));
}

/** Only a subset is worth a call. */
async function selectedFor(
  { http }: Estate,
  list: string,
  row: Row,
): Promise<{ selected?: Selected; refused?: Refused }> {
  const id = numberId(row.id);
  if (row.repository_selection !== "subset" || id === undefined) return {};
  const path = `${list}/${id}/repositories`;
  const { records, ending } = await readAll(http, { request: { path, query: { per_page: PAGE } } });
  const refused = faultOf(ending, path);
  return refused ? { refused, selected: { refused } } : { selected: { count: records.length } };
}
