import { expect, it } from "vitest";
import {
  accessTokens,
  agents,
  agentTokens,
  deployKeys,
  deployTokens,
  groups,
  open,
  projects,
  runners,
  users,
} from "./company.ts";
import { gitlabEstate } from "./estate.ts";
import { readEstate } from "./reading.ts";

/** What this server puts on a page at the most; it is asked for 100. */
const PER_PAGE = 10;
const pages = (count: number): number => Math.max(1, Math.ceil(count / PER_PAGE));
const below = (path: unknown) => String(path).startsWith("acme/");

const more = Array.from({ length: 12 }, (_, index) => ({
  id: 1_000 + index,
  path_with_namespace: `acme/apps/x${index}`,
}));
const all = [...projects.filter(({ archived }) => !archived), ...more];
const inAcme = all.filter(({ path_with_namespace: path }) => below(path));
const limited = (some: typeof all) => some.filter(({ path_with_namespace: path }) => !open.has(String(path))).length;
/** The listing of each agent's tokens, and the details of each of them. */
const ofAgents = agents.length + agentTokens.length;

/** The credential's own record, and its user. */
const OWN = 2;
/** Access tokens, deploy tokens, deploy keys, triggers, runners, the job token's setting, agents. */
const EACH_PROJECT = 7;
/** Of these, what an instance does not list at once. */
const ONLY_BY_PROJECT = 4;
/** Access tokens, deploy tokens, runners. */
const EACH_GROUP = 3;

it("asks a group's owner's questions once each, for full pages", async () => {
  const subgroups = groups.filter(({ full_path }) => below(full_path)).length;
  const { asked } = await readEstate(gitlabEstate({ viewer: "owner", people: "shown", perPage: PER_PAGE, more }));
  const namespace = 1;
  const serviceAccounts = pages(1) + 1;
  const people = pages(6);

  expect(asked).toHaveLength(
    OWN +
      namespace +
      pages(subgroups) +
      EACH_GROUP * (1 + subgroups) +
      serviceAccounts +
      people +
      pages(inAcme.length) +
      EACH_PROJECT * inAcme.length +
      2 * limited(inAcme) +
      ofAgents,
  );
});

it("asks an administrator's questions for the whole instance where they can be asked so", async () => {
  const { asked } = await readEstate(gitlabEstate({ viewer: "admin", perPage: PER_PAGE, more }));
  const people = new Set(accessTokens.map(({ user_id }) => Number(user_id)).filter((id) => id < 50)).size;
  const whole = [deployTokens, deployKeys, runners, users, accessTokens, groups, all];

  expect(asked).toHaveLength(
    OWN +
      whole.reduce((sum, { length }) => sum + pages(length), 0) +
      people +
      groups.length +
      ONLY_BY_PROJECT * all.length +
      2 * limited(all) +
      ofAgents,
  );
});

it("asks nothing of projects that would show a plain user nothing", async () => {
  const { asked } = await readEstate(gitlabEstate({ viewer: "plain", perPage: PER_PAGE }));
  const ownTokens = pages(1);
  const countOfOthers = 1;
  const maintained = 1;

  expect(asked).toHaveLength(OWN + ownTokens + pages(maintained) + EACH_PROJECT * maintained + 2 + countOfOthers);
});

it("asks for the largest pages that GitLab gives", async () => {
  const { queries } = await readEstate(gitlabEstate({ viewer: "owner", people: "shown", perPage: PER_PAGE }));

  expect(queries.filter((query) => query.includes("per_page") && !query.includes("per_page=100"))).toEqual([]);
  expect(queries.filter((query) => query.includes("per_page")).length).toBeGreaterThan(50);
});
