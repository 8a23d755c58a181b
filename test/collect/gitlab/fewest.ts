import type { Counted } from "../../support/counted.ts";
import { agents, agentTokens, groups, open, projects } from "./company.ts";
import { gitlabEstate } from "./estate.ts";

/** What this server puts on a page at the most; it is asked for 100. */
export const PER_PAGE = 10;
export const pages = (count: number): number => Math.max(1, Math.ceil(count / PER_PAGE));
const below = (path: unknown) => String(path).startsWith("acme/");

export const more = Array.from({ length: 12 }, (_, index) => ({
  id: 1_000 + index,
  path_with_namespace: `acme/apps/x${index}`,
}));
export const all = [...projects.filter(({ archived }) => !archived), ...more];
const inAcme = all.filter(({ path_with_namespace: path }) => below(path));
export const limited = (some: typeof all) =>
  some.filter(({ path_with_namespace: path }) => !open.has(String(path))).length;
/** The listing of each agent's tokens, and the details of each of them. */
export const ofAgents = agents.length + agentTokens.length;

/** The credential's own record, and its user. */
export const OWN = 2;
/** Access tokens, deploy tokens, deploy keys, triggers, runners, the job token's setting, agents. */
export const EACH_PROJECT = 7;
/** Of these, what an instance does not list at once. */
export const ONLY_BY_PROJECT = 4;
/** Access tokens, deploy tokens, runners. */
const EACH_GROUP = 3;

/** A group, to its owner. */
export function counted() {
  const subgroups = groups.filter(({ full_path }) => below(full_path)).length;
  const namespace = 1;
  const serviceAccounts = pages(1) + 1;
  const people = pages(6);
  const fewest =
    OWN +
    namespace +
    pages(subgroups) +
    EACH_GROUP * (1 + subgroups) +
    serviceAccounts +
    people +
    pages(inAcme.length) +
    EACH_PROJECT * inAcme.length +
    2 * limited(inAcme) +
    ofAgents;
  const of = `a group with ${subgroups} subgroups and ${inAcme.length} projects, ${PER_PAGE} to a page`;
  return {
    of,
    fewest,
    open: () => gitlabEstate({ viewer: "owner", people: "shown", perPage: PER_PAGE, more }),
  } satisfies Counted;
}
