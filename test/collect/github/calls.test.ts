import { expect, it } from "vitest";
import { githubEstate } from "./estate.ts";
import { fewest, large, PAGE } from "./fewest.ts";
import { gather } from "./gather.ts";

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
