import { expect, it } from "vitest";
import { company, type Organization, repository, token } from "./company.ts";
import { githubEstate } from "./estate.ts";
import { gather } from "./gather.ts";

/** The server gives fewer to a page than it is asked for. */
const PAGE = 20;
const pages = (records: number) => Math.max(1, Math.ceil(records / PAGE));

/**
 * The fewest requests that GitHub's endpoints allow for one organisation and an app:
 *
 *     2                          the installation, and a token for it
 *   + 1                          the IP allow list
 *   + pages(T) + subsets         fine-grained tokens, and the repositories of those that have a selection
 *   + pages(Q)                   pending requests
 *   + pages(A) + 1               credentials for single sign-on, whose list does not say where it ends
 *   + pages(I)                   installations
 *   + 3 + selected               the organisation's secrets in three stores, and how many repositories were selected
 *   + 1                          the default of workflow tokens
 *   + pages(R)                   repositories
 *   + R × (1 + 3 + 1 + open)     keys, secrets in three stores, environments, and the default where it is theirs to choose
 *   + E                          the secrets of each environment
 */
function fewest({ tokens, requests, authorizations, installations, secrets, workflow, repositories }: Organization) {
  const isOpen = workflow.default_workflow_permissions !== "read";
  const subsets = tokens.filter(({ row }) => row.repository_selection === "subset").length;
  const selected = Object.values(secrets)
    .flat()
    .filter(({ row }) => row.visibility === "selected").length;
  const awake = repositories.filter(({ row }) => row.archived !== true);
  const environments = awake.flatMap((one) => one.environments).length;
  const lists =
    pages(tokens.length) + pages(requests.length) + pages(installations.length) + pages(repositories.length);
  const whole = Math.ceil(authorizations.length / PAGE) + 1;
  return 2 + 1 + lists + subsets + whole + 3 + selected + 1 + awake.length * (isOpen ? 6 : 5) + environments;
}

function large(setting: "read" | "write"): Organization {
  const { acme } = company();
  if (!acme) throw new Error("there is no acme");
  const more = Array.from({ length: 50 }, (_, index) => ({
    row: token(1000 + index, { repository_selection: index % 10 === 0 ? "subset" : "all" }),
    repositories: [],
  }));
  const others = Array.from({ length: 40 }, (_, index) => repository(5000 + index, `r${index}`));
  acme.workflow = { default_workflow_permissions: setting };
  return { ...acme, tokens: [...acme.tokens, ...more], repositories: [...acme.repositories, ...others] };
}

it.each(["read", "write"] as const)(
  "asks no more than it must where the default of workflows is %s",
  async (setting) => {
    const acme = large(setting);
    const estate = githubEstate({ organizations: { acme }, page: PAGE });
    const { tokens } = await gather(estate);

    expect(tokens.length).toBeGreaterThan(70);
    expect(estate.asked).toHaveLength(fewest(acme));
    const sizes = new Set(estate.asked.map((one) => /per_page=(\d+)/.exec(one)?.[1]));
    expect(sizes).toEqual(new Set([undefined, "100", "1"]));
    expect(new Set(estate.asked).size).toBe(estate.asked.length);
  },
);

it("asks nothing about what is skipped", async () => {
  const skip = ["repositories", "fine-grained-pats", "pat-requests", "credential-authorizations", "ip-allow-list"];
  const estate = githubEstate({
    config: { organization: "globex", skip: [...skip, "workflow-defaults", "installations"] },
  });
  const { coverage } = await gather(estate);

  expect(estate.asked).toEqual([
    "GET orgs/globex/installation",
    "POST app/installations/9002/access_tokens",
    "GET orgs/globex/actions/secrets?per_page=100",
    "GET orgs/globex/dependabot/secrets?per_page=100",
    "GET orgs/globex/codespaces/secrets?per_page=100",
  ]);
  expect(coverage.filter(({ outcome }) => outcome === "not-asked").map(({ detail }) => detail)).toContain(
    "the source skips repositories",
  );
});
