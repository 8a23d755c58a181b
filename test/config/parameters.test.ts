import { describe, expect, it } from "vitest";
import { resolveRules } from "../../src/config/parameters.ts";
import type { Rules } from "../../src/model/bundle.ts";
import { about, configOf, DAY } from "./given.ts";

const HOUR = 3_600;

async function rulesOf(yaml: string): Promise<Rules> {
  return resolveRules(await configOf(`version: 1\n${yaml}\n`), about.manifest, about.thresholds);
}

describe("without any word from the user", () => {
  it("every policy has each of its numbers as built in, for any kind", async () => {
    const { parameters } = await rulesOf("");

    expect(parameters.any).toEqual({
      "no-expiry": {},
      "no-owner": {},
      "too-old": { max_age: { value: 90 * DAY, source: "built-in" } },
      idle: { max_idle: { value: 91 * DAY + 1, source: "built-in" } },
      "expires-soon": { within: { value: 14 * DAY, source: "built-in" } },
      "too-many": { max_count: { value: 2, source: "built-in" } },
      "job-write": { allowed: { value: ["checks", "statuses"], source: "built-in" } },
    });
  });

  it("a kind differs where its number or that number's source does", async () => {
    const { parameters } = await rulesOf("");

    expect(parameters.kinds).toEqual({
      "aws/access-key": {
        "too-old": { max_age: { value: 90 * DAY, source: "CIS AWS 7.0 2.12" } },
        idle: { max_idle: { value: 45 * DAY, source: "CIS AWS 7.0 2.11" } },
      },
      "kubernetes/bound-token": { "too-old": { max_age: { value: 7 * DAY, source: "judgement" } } },
      "npm/granular": { "expires-soon": { within: { value: 15 * DAY, source: "sourcify" } } },
    });
  });

  it("a kind is exempt where the policy makes no sense for it", async () => {
    const { parameters, disabled, severity, profile } = await rulesOf("");

    expect(parameters.exempt).toEqual({
      "aws/access-key": { "no-expiry": { source: "an access key has no expiry" } },
    });
    expect({ disabled, severity, profile }).toEqual({ disabled: [], severity: {}, profile: "default" });
  });
});

describe("a profile moves the built-in numbers", () => {
  const anyAge = "any too-old max_age";
  const anyIdle = "any idle max_idle";
  const anySoon = "any expires-soon within";
  const awsAge = "aws/access-key too-old max_age";
  const awsIdle = "aws/access-key idle max_idle";
  const podAge = "kubernetes/bound-token too-old max_age";
  const npmSoon = "npm/granular expires-soon within";

  it.each([
    { profile: "strict", what: anyAge, value: 45 * DAY, source: "profile strict, from 90d (built-in)" },
    { profile: "strict", what: anyIdle, value: 3_931_200, source: "profile strict, from 7862401s (built-in)" },
    { profile: "strict", what: anySoon, value: 14 * DAY, source: "built-in" },
    { profile: "strict", what: "any too-many max_count", value: 2, source: "built-in" },
    { profile: "strict", what: awsAge, value: 45 * DAY, source: "profile strict, from 90d (CIS AWS 7.0 2.12)" },
    { profile: "strict", what: awsIdle, value: 540 * HOUR, source: "profile strict, from 45d (CIS AWS 7.0 2.11)" },
    { profile: "strict", what: podAge, value: 84 * HOUR, source: "profile strict, from 7d (judgement)" },
    { profile: "strict", what: npmSoon, value: 15 * DAY, source: "sourcify" },
    { profile: "relaxed", what: anyAge, value: 365 * DAY, source: "profile relaxed, from 90d (built-in)" },
    { profile: "relaxed", what: anyIdle, value: 180 * DAY, source: "profile relaxed, from 7862401s (built-in)" },
    { profile: "relaxed", what: anySoon, value: 14 * DAY, source: "built-in" },
    { profile: "relaxed", what: awsAge, value: 365 * DAY, source: "profile relaxed, from 90d (CIS AWS 7.0 2.12)" },
    { profile: "relaxed", what: awsIdle, value: 180 * DAY, source: "profile relaxed, from 45d (CIS AWS 7.0 2.11)" },
    { profile: "relaxed", what: podAge, value: 7 * DAY, source: "judgement" },
    { profile: "precision", what: anyAge, value: 24 * HOUR, source: "profile precision, from 90d (built-in)" },
    { profile: "precision", what: anySoon, value: HOUR, source: "profile precision, from 14d (built-in)" },
    { profile: "precision", what: awsIdle, value: 24 * HOUR, source: "profile precision, from 45d (CIS AWS 7.0 2.11)" },
    { profile: "precision", what: podAge, value: 24 * HOUR, source: "profile precision, from 7d (judgement)" },
    { profile: "precision", what: npmSoon, value: HOUR, source: "profile precision, from 15d (sourcify)" },
    { profile: "default", what: anyAge, value: 90 * DAY, source: "built-in" },
  ])("$profile: $what", async ({ profile, what, value, source }) => {
    const { parameters, profile: inForce } = await rulesOf(`profile: ${profile}`);

    const [kind = "", policy = "", name = ""] = what.split(" ");
    const settings = kind === "any" ? parameters.any : parameters.kinds[kind];
    expect(settings?.[policy]?.[name]).toEqual({ value, source });
    expect(inForce).toBe(profile);
  });

  it("judges a number as short by nature before it is scaled, raises it and lowers it last", async () => {
    const config = await configOf("version: 1\nprofile: strict\n");
    const strict = {
      description: "all at once",
      scale: 0.1,
      at_least: { "too-old": { max_age: "20d" }, idle: { max_idle: "20d" } },
      at_least_from: "30d",
      at_most: { idle: { max_idle: "5d" } },
    };
    const profiles = { ...about.thresholds.profiles, strict };

    const { parameters } = resolveRules(config, about.manifest, { ...about.thresholds, profiles });

    expect(parameters.any["too-old"]?.max_age?.value).toBe(20 * DAY);
    expect(parameters.any.idle?.max_idle?.value).toBe(5 * DAY);
    expect(parameters.kinds["kubernetes/bound-token"]?.["too-old"]?.max_age?.value).toBe(60_480);
  });

  it.each(["strict", "relaxed", "precision"])("%s leaves alone what is a fact of the provider", async (profile) => {
    const config = await configOf(`version: 1\nprofile: ${profile}\n`);
    const policies = about.manifest.policies.map((policy) => ({
      ...policy,
      params: Object.fromEntries(
        Object.entries(policy.params).map(([name, param]) => [name, { ...param, fixed: true }]),
      ),
    }));

    const { parameters } = resolveRules(config, { ...about.manifest, policies }, about.thresholds);

    expect(parameters.any["too-old"]).toEqual({ max_age: { value: 90 * DAY, source: "built-in" } });
    expect(parameters.any["expires-soon"]).toEqual({ within: { value: 14 * DAY, source: "built-in" } });
  });

  it("leaves the policies it judges by as they are", async () => {
    const strict = await rulesOf("profile: strict");
    const usual = await rulesOf("profile: default");

    expect(strict.parameters.exempt).toEqual(usual.parameters.exempt);
    expect(strict.disabled).toEqual(usual.disabled);
  });
});

describe("the configuration replaces numbers", () => {
  it.each([
    { stated: "60d", value: 60 * DAY },
    { stated: "P60D", value: 60 * DAY },
    { stated: "8h", value: 8 * HOUR },
    { stated: "2w", value: 14 * DAY },
    { stated: "0s", value: 0 },
  ])("a duration of $stated", async ({ stated, value }) => {
    const { parameters } = await rulesOf(`parameters: { too-old: { max_age: ${stated} } }`);

    expect(parameters.any["too-old"]).toEqual({ max_age: { value, source: "tokenward.yaml:2:35" } });
  });

  it("for every kind, also where one has its own built in, and whatever the profile", async () => {
    const { parameters } = await rulesOf("profile: strict\nparameters: { too-old: { max_age: 60d } }");

    expect(parameters.any["too-old"]?.max_age).toEqual({ value: 60 * DAY, source: "tokenward.yaml:3:35" });
    expect(parameters.kinds["aws/access-key"]?.["too-old"]).toBeUndefined();
    expect(parameters.kinds["kubernetes/bound-token"]).toBeUndefined();
    expect(parameters.kinds["aws/access-key"]?.idle?.max_idle?.value).toBe(540 * HOUR);
  });

  it("for one kind over every kind", async () => {
    const { parameters } = await rulesOf(
      "parameters: { too-old: { max_age: 60d } }\nkinds: { aws/access-key: { too-old: { max_age: 30d } } }",
    );

    expect(parameters.any["too-old"]?.max_age?.value).toBe(60 * DAY);
    expect(parameters.kinds["aws/access-key"]?.["too-old"]).toEqual({
      max_age: { value: 30 * DAY, source: "tokenward.yaml:3:48" },
    });
  });

  it("for a kind that nothing else is said of", async () => {
    const { parameters } = await rulesOf("kinds: { acme/badge: { too-many: { max_count: 9 } } }");

    expect(parameters.kinds["acme/badge"]).toEqual({
      "too-many": { max_count: { value: 9, source: "tokenward.yaml:2:47" } },
    });
  });

  it("with the reason, who approved and when to look again", async () => {
    const { parameters } = await rulesOf(
      "kinds:\n  a/b:\n    idle: { max_idle: 30d, reason: risk analysis 7, approved_by: ciso, review_by: 2031-06-01 }",
    );

    expect(parameters.kinds["a/b"]?.idle?.max_idle).toEqual({
      value: 30 * DAY,
      source: "tokenward.yaml:4:23",
      reason: "risk analysis 7",
      approved_by: "ciso",
      review_by: "2031-06-01",
    });
  });

  it("with a reason and an approver that tell no secret", async () => {
    const secret = `gh${"p_"}${"EXAMPLE".repeat(6)}`;

    const { parameters } = await rulesOf(
      `kinds:\n  a/b:\n    idle: { max_idle: 30d, reason: as ${secret} is old, approved_by: ${secret} }\n    no-owner: { applies: false, reason: ${secret} }`,
    );

    expect(parameters.kinds["a/b"]?.idle?.max_idle).toMatchObject({
      reason: "as ghp_*** is old",
      approved_by: "ghp_***",
    });
    expect(parameters.exempt["a/b"]?.["no-owner"]).toMatchObject({ reason: "ghp_***" });
  });

  it("with a list in place of the whole list", async () => {
    const { parameters } = await rulesOf("parameters: { job-write: { allowed: [] } }");

    expect(parameters.any["job-write"]).toEqual({ allowed: { value: [], source: "tokenward.yaml:2:37" } });
  });

  it("under a policy's former name", async () => {
    const rules = await rulesOf(
      "parameters: { age: { max_age: 60d } }\npolicies: { disable: [age], severity: { age: low } }",
    );

    expect(rules.parameters.any["too-old"]?.max_age?.value).toBe(60 * DAY);
    expect(rules).toMatchObject({ disabled: ["too-old"], severity: { "too-old": "low" } });
  });
});

describe("the configuration decides which tokens a policy judges", () => {
  it.each([
    { title: "one kind exempt", yaml: "kinds: { a/b: { idle: { applies: false } } }", source: "tokenward.yaml:2:34" },
    {
      title: "one kind exempt with a reason",
      yaml: "kinds: { a/b: { idle: { applies: false, reason: nobody uses it } } }",
      source: "tokenward.yaml:2:34",
      reason: "nobody uses it",
    },
    {
      title: "one kind exempt with who approved and when to look again",
      yaml: "kinds: { a/b: { idle: { applies: false, approved_by: ciso, review_by: 2031-06-01 } } }",
      source: "tokenward.yaml:2:34",
      approved_by: "ciso",
      review_by: "2031-06-01",
    },
  ])("$title", async ({ yaml, title, ...exemption }) => {
    const { parameters } = await rulesOf(yaml);

    expect(parameters.exempt["a/b"]).toEqual({ idle: exemption });
    expect(parameters.kinds["a/b"]).toBeUndefined();
  });

  it.each([
    { title: "an exempt kind judged after all", yaml: "kinds: { aws/access-key: { no-expiry: { applies: true } } }" },
    { title: "every exempt kind judged after all", yaml: "parameters: { no-expiry: { applies: true } }" },
  ])("$title", async ({ yaml }) => {
    const { parameters } = await rulesOf(yaml);

    expect(parameters.exempt).toEqual({});
  });

  it("keeps one kind exempt where every other is judged after all", async () => {
    const { parameters } = await rulesOf(
      "parameters: { no-expiry: { applies: true } }\nkinds: { aws/access-key: { no-expiry: { applies: false } } }",
    );

    expect(parameters.exempt).toEqual({ "aws/access-key": { "no-expiry": { source: "tokenward.yaml:3:50" } } });
  });

  it("switches policies off by list or by setting, once each", async () => {
    const { disabled } = await rulesOf(
      "policies: { disable: [idle, too-old, idle] }\nparameters: { idle: { applies: false }, no-owner: { applies: false } }",
    );

    expect(disabled).toEqual(["idle", "too-old", "no-owner"]);
  });

  it("switches a policy off under its former name too", async () => {
    const { disabled } = await rulesOf("parameters: { age: { applies: false } }");

    expect(disabled).toEqual(["too-old"]);
  });

  it("changes severities", async () => {
    const { severity } = await rulesOf("policies: { severity: { no-owner: critical, idle: low } }");

    expect(severity).toEqual({ "no-owner": "critical", idle: "low" });
  });
});

it("takes a bad number among the built-in ones for a bug, not for a fault of the user", async () => {
  const config = await configOf("version: 1\n");
  const kinds = { "a/b": { "too-old": { max_age: "soon", source: "judgement" } } };

  expect(() => resolveRules(config, about.manifest, { ...about.thresholds, kinds })).toThrow(TypeError);
});
