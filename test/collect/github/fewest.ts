import type { Counted } from "../../support/counted.ts";
import { company, type Organization, repository, token } from "./company.ts";
import { githubEstate } from "./estate.ts";

/** The server gives fewer to a page than it is asked for. */
export const PAGE = 20;
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
export function fewest({
  tokens,
  requests,
  authorizations,
  installations,
  secrets,
  workflow,
  repositories,
}: Organization) {
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

export function large(setting: "read" | "write"): Organization {
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

/** One organisation, page by page. */
export function counted(): Counted {
  const acme = large("write");
  const { tokens, repositories } = acme;
  const of = `an organisation with ${tokens.length} fine-grained tokens and ${repositories.length} repositories, ${PAGE} to a page`;
  return { of, fewest: fewest(acme), open: () => githubEstate({ organizations: { acme }, page: PAGE }) };
}
