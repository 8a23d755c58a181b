import { expect, it } from "vitest";
import { accessTokens, deployKeys, deployTokens, groups, runners, users } from "./company.ts";
import { gitlabEstate } from "./estate.ts";
import {
  all,
  counted,
  EACH_PROJECT,
  limited,
  more,
  ONLY_BY_PROJECT,
  OWN,
  ofAgents,
  PER_PAGE,
  pages,
} from "./fewest.ts";
import { readEstate } from "./reading.ts";

it("asks a group's owner's questions once each, for full pages", async () => {
  const { fewest, open } = counted();
  const { asked } = await readEstate(open());

  expect(asked).toHaveLength(fewest);
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
