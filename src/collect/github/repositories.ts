import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { inOrder } from "../../net/in-order.ts";
import { listed } from "../gap.ts";
import { repositoryAnswers } from "./answers.ts";
import type { Estate } from "./estate.ts";
import { type Family, type FamilyId, familyOf, OF_REPOSITORIES } from "./families.ts";
import { coverageOf, PAGE, read } from "./listing.ts";
import type { Row } from "./record.ts";
import { type Refusals, refusals } from "./refusals.ts";
import { type Answer, type Repository, repositoryOf } from "./repository.ts";
import type { Choice } from "./workflow-defaults.ts";

/** Repositories asked at a time; the client bounds the requests. */
const AT_A_TIME = 6;

/** Everything that hangs on a repository, repository by repository, then one word on each family. */
export async function* repositories(estate: Estate, choice: Choice): AsyncIterable<Collected> {
  const asked = OF_REPOSITORIES.filter(
    (id) => estate.selection.asks(id) && (id !== "workflow-defaults" || choice.isOpen),
  );
  if (asked.length === 0) return;
  const tally = openTally(asked);
  const path = `orgs/${estate.account}/repos`;
  // In this order a new repository comes to stand on the last page, and moves no other.
  const request = { path, query: { per_page: PAGE, type: "all", sort: "created", direction: "asc" } };
  const { records, ending } = read(estate.http, { request });
  const awake = repositoriesIn(records, estate, tally);
  for await (const answers of inOrder(awake, AT_A_TIME, (one) => repositoryAnswers(estate, one, asked)))
    for (const answer of answers) yield* tally.take(answer);
  ending.strange += tally.strange;
  yield* tally.told(estate).map((coverage) => ({ coverage }));
  const listing = { family: REPOSITORIES, items: tally.walked, ending };
  yield* coverageOf(estate, listing).map((coverage) => ({ coverage: { ...coverage, items: 0 } }));
}

const REPOSITORIES: Family = {
  id: "repositories",
  title: "repositories",
  permissions: ["metadata:read"],
  scopes: ["repo"],
};

async function* repositoriesIn(
  rows: AsyncIterable<Row>,
  { account, selection }: Estate,
  tally: Tally,
): AsyncIterable<Repository> {
  for await (const row of rows) {
    const repository = repositoryOf(row, account);
    if (!repository) tally.strange += 1;
    else if (repository.isAsleep && !selection.archived) tally.asleep += 1;
    else {
      tally.walked += 1;
      yield repository;
    }
  }
}

interface Tally {
  walked: number;
  asleep: number;
  strange: number;
  take(answer: Answer): Iterable<Collected>;
  told(estate: Estate): Coverage[];
}

function openTally(asked: readonly FamilyId[]): Tally {
  const counts = new Map<FamilyId, { items: number; refusals: Refusals }>(
    asked.map((id) => [id, { items: 0, refusals: refusals() }]),
  );
  return {
    walked: 0,
    asleep: 0,
    strange: 0,
    *take({ family, tokens, refused, of = "" }) {
      const count = counts.get(family);
      if (!count) return;
      count.items += tokens.length;
      if (refused) count.refusals.add(refused, of);
      yield* tokens.map((token) => ({ token }));
    },
    told(estate) {
      const families = [...counts].flatMap(([id, { items, refusals: refused }]) => {
        const family = familyOf(id);
        const subject = `${family.title} of repositories`;
        const asked = { source: "github", account: estate.account, subject };
        return [listed(asked, items), ...refused.told(estate, family, subject)];
      });
      return this.asleep === 0 ? families : [...families, notAwake(estate.account, this.asleep)];
    },
  };
}

function notAwake(account: string, count: number): Coverage {
  return {
    source: "github",
    account,
    subject: "archived repositories",
    outcome: "not-asked",
    items: 0,
    detail: `${count} archived or disabled repositories were passed over; their keys and secrets still exist`,
    remedy: "add include: [archived] to the source",
  };
}
