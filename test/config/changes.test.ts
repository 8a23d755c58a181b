import { describe, expect, it } from "vitest";
import { changes, disabledPolicies } from "../../src/config/changes.ts";
import { resolveRules } from "../../src/config/parameters.ts";
import type { ParameterChange } from "../../src/model/documents.gen.ts";
import { about, configOf } from "./given.ts";

async function changed(yaml: string, asOf = "2030-01-01T00:00:00Z"): Promise<ParameterChange[]> {
  const config = await configOf(`version: 1\n${yaml}\n`);
  return changes(config, resolveRules(config, about.manifest, about.thresholds), about, asOf);
}

describe("what a configuration changes", () => {
  it("is nothing where it says nothing of numbers", async () => {
    expect(await changed("fail_on: low")).toEqual([]);
  });

  it.each([
    {
      what: "a number for any kind, beside what it would be",
      yaml: "parameters:\n  too-old: { max_age: 60d, reason: analysis 7, approved_by: ciso, review_by: 2030-06-01 }",
      told: {
        policy: "too-old",
        name: "max_age",
        value: "60d",
        instead_of: "90d",
        source: "tokenward.yaml:3:23",
        reason: "analysis 7",
        approved_by: "ciso",
        review_by: "2030-06-01",
      },
    },
    {
      what: "a number for a kind, under a profile",
      yaml: "profile: strict\nkinds:\n  aws/access-key:\n    idle: { max_idle: 30d }",
      told: { policy: "idle", kind: "aws/access-key", name: "max_idle", value: "30d", instead_of: "540h" },
    },
    { what: "a count", yaml: "parameters:\n  too-many: { max_count: 5 }", told: { value: 5, instead_of: 2 } },
    {
      what: "a list",
      yaml: "parameters:\n  job-write: { allowed: [checks] }",
      told: { value: ["checks"], instead_of: ["checks", "statuses"] },
    },
    {
      what: "a policy by its former name",
      yaml: "parameters:\n  age: { max_age: 60d }",
      told: { policy: "too-old", value: "60d", instead_of: "90d" },
    },
    {
      what: "a kind that is exempt",
      yaml: "kinds:\n  npm/granular:\n    no-owner: { applies: false, reason: they have one elsewhere }",
      told: {
        policy: "no-owner",
        kind: "npm/granular",
        name: "applies",
        value: false,
        reason: "they have one elsewhere",
      },
    },
  ])("is told with its reasons: $what", async ({ yaml, told }) => {
    expect(await changed(yaml)).toEqual([expect.objectContaining(told)]);
  });

  it.each([
    { asOf: "2030-06-01T23:59:59Z", overdue: undefined },
    { asOf: "2030-06-02T00:00:00Z", overdue: true },
  ])("is overdue for review after the whole day, as of $asOf: $overdue", async ({ asOf, overdue }) => {
    const [change] = await changed("parameters:\n  too-old: { max_age: 60d, review_by: 2030-06-01 }", asOf);

    expect(change?.overdue).toBe(overdue);
  });

  it("keeps a secret among its reasons to itself", async () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;
    const [change] = await changed(`parameters:\n  too-old: { max_age: 60d, reason: ${secret} }`);

    expect(change?.reason).toBeDefined();
    expect(JSON.stringify(change)).not.toContain(secret);
  });
});

it("names the policies that are off, however that is said", async () => {
  const config = await configOf(
    "version: 1\npolicies: { disable: [idle] }\nparameters:\n  no-owner: { applies: false }\n",
  );
  const rules = resolveRules(config, about.manifest, about.thresholds);

  expect(disabledPolicies(about.manifest, rules).map(({ id }) => id)).toEqual(["no-owner", "idle"]);
});
