import { beforeAll, describe, expect, it } from "vitest";
import { enrich } from "../../src/enrich/index.ts";
import { gate } from "../../src/gate/index.ts";
import type { Bundle } from "../../src/judge/bundle.ts";
import { judge } from "../../src/judge/index.ts";
import type { Parameters, Rules } from "../../src/model/bundle.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import type { Collected, Result } from "../../src/model/flow.ts";
import { repository } from "../support/command.ts";
import { aCoverage, asOf, aToken, rules, streamOf, unknowing } from "../support/tokens.ts";
import { bundleFrom } from "./policies.ts";

/** Mistakes that other checkers made, held against the policies as they are shipped, by their own defaults. */
let bundle: Bundle;
let defaults: Parameters;
beforeAll(async () => {
  bundle = await bundleFrom(`${repository}policies`);
  const any = bundle.manifest.policies.map(({ id, params }) => {
    const settings = Object.entries(params).map(([name, param]) => [
      name,
      { value: param.default, source: "built-in" },
    ]);
    return [id, Object.fromEntries(settings)];
  });
  defaults = { any: Object.fromEntries(any), kinds: {}, exempt: {} };
});

async function review(
  items: Iterable<Collected>,
  changed: Partial<Rules> = {},
): Promise<Result["head"] & { told: string[] }> {
  const by = rules({ parameters: defaults, ...changed });
  const run = {
    tool: { name: "tokenward", version: "0.1.0" },
    as_of: asOf,
    bundle: bundle.digest,
    profile: by.profile,
  };
  const judged = judge(enrich(streamOf(items), { asOf }), { bundle, rules: by });
  const means = {
    failOn: "high" as const,
    allowIncomplete: false,
    run,
    manifest: bundle.manifest,
    disabled: by.disabled,
    severity: {},
    scratch: () => "",
  };
  const { head, findings } = await gate(judged, means);
  const told = [...(findings as Iterable<{ policy: string; verdict: string; token: { name: string } }>)];
  return { ...head, told: told.map(({ policy, verdict, token }) => `${token.name}: ${policy} ${verdict}`).sort() };
}

const told = async (...tokens: Token[]) => (await review(tokens.map((token) => ({ token })))).told;
const years = (count: number) => `${2030 - count}-01-01T00:00:00Z`;

it("a blameless token is blameless, or every trap below would be one of ours", async () => {
  expect(await told(aToken())).toEqual([]);
});

describe("a token that was never used", () => {
  it.each<{ what: string; token: Token; expected: string[] }>([
    {
      what: "is judged from its issue: old enough is a finding",
      token: aToken({ created: years(1), rotated: asOf, last_used: null, expires: "2030-02-01T00:00:00Z" }),
      expected: ["nightly report: lifetime-too-long fail", "nightly report: never-used fail"],
    },
    { what: "and fresh is no alarm", token: aToken({ last_used: null }), expected: [] },
    {
      what: "is never judged where the provider does not report use",
      token: unknowing(
        { last_used: "not-exposed" },
        aToken({ created: years(1), rotated: asOf, expires: "2030-02-01T00:00:00Z" }),
      ),
      expected: [
        "nightly report: idle unknown",
        "nightly report: lifetime-too-long fail",
        "nightly report: never-used unknown",
        "nightly report: provider-will-revoke-idle unknown",
      ],
    },
    {
      what: "is found whoever holds it, also a person who cannot log in",
      token: aToken({
        created: years(1),
        rotated: asOf,
        last_used: null,
        expires: "2030-02-01T00:00:00Z",
        principal: { type: "service", id: "robot" },
      }),
      expected: ["nightly report: lifetime-too-long fail", "nightly report: never-used fail"],
    },
  ])("$what", async ({ token, expected }) => {
    expect(await told(token)).toEqual(expected);
  });

  it("is not idle because it was rotated yesterday", async () => {
    expect(await told(aToken({ rotated: "2029-12-31T00:00:00Z", last_used: null }))).toEqual([]);
  });
});

it("a disabled first key does not end the decision: the stale second key of the same person is examined", async () => {
  const stale = { created: "2029-12-02T00:00:00Z", last_used: years(1) };

  expect(
    await told(
      aToken({ id: "aws/1/access-key/1", name: "first", status: "disabled", ...stale }),
      aToken({ id: "aws/1/access-key/2", name: "second", ...stale }),
    ),
  ).toEqual(["first: disabled-not-deleted fail", "second: idle fail"]);
});

it("a token without an expiry is no pass", async () => {
  expect(await told(aToken({ expires: null }))).toEqual(["nightly report: no-expiry fail"]);
});

it("a token whose expiry could not be read is neither without expiry nor fine", async () => {
  expect(await told(unknowing({ expires: "denied" }))).toEqual([
    "nightly report: expires-soon unknown",
    "nightly report: lifetime-cap-exceeded-remaining unknown",
    "nightly report: lifetime-too-long unknown",
    "nightly report: no-expiry unknown",
  ]);
});

it("a token whose grants could not be read does not pass as harmless", async () => {
  expect(await told(unknowing({ grants: "denied" }))).toEqual([
    "nightly report: admin-scope unknown",
    "nightly report: all-resources unknown",
    "nightly report: privilege-escalation unknown",
    "nightly report: production-scope-from-nonproduction unknown",
    "nightly report: toxic-combination unknown",
    "nightly report: unknown-scope unknown",
    "nightly report: wildcard-scope unknown",
  ]);
});

it.each(["disabled", "revoked", "pending"] as const)("a %s token is not overdue for rotation", async (status) => {
  const found = await told(aToken({ status, rotated: years(3), created: years(4) }));

  expect(found.filter((line) => /rotation-overdue|too-old/.test(line))).toEqual([]);
});

it.each([
  { what: "by its date alone", status: "active" },
  { what: "by its provider's word", status: "expired" },
] as const)(
  "a token expired $what is reported once, not also as old, idle, overdue, wide and ownerless",
  async ({ status }) => {
    const everything = { family: "app", scope: "*", access: "admin", resource: "*" } as const;
    const token = aToken({
      status,
      created: years(5),
      rotated: years(4),
      last_used: years(3),
      expires: years(1),
      owner: null,
      principal: null,
      grants: [everything],
      reach: { selection: "all" },
    });

    expect(await told(token)).toEqual(["nightly report: expired-still-listed fail"]);
  },
);

it("a second cause is found behind the first: stale and ownerless are two findings", async () => {
  expect(await told(aToken({ last_used: years(1), owner: null, principal: null }))).toEqual([
    "nightly report: idle fail",
    "nightly report: no-owner fail",
  ]);
});

it("a policy called idle does not fire because a token exists", async () => {
  expect(await told(aToken({ last_used: asOf, created: asOf }))).toEqual([]);
});

it("no default limit is such that every fresh token fails, or that none ever does", async () => {
  const ancient = aToken({ created: years(30), expires: "2098-01-01T00:00:00Z", last_used: years(29) });

  expect(await told(aToken({ created: asOf, last_used: asOf, expires: "2030-03-01T00:00:00Z" }))).toEqual([]);
  expect(await told(ancient)).toEqual([
    "nightly report: idle fail",
    "nightly report: lifetime-too-long fail",
    "nightly report: too-old fail",
  ]);
});

describe("a gap in reading", () => {
  it.each(["denied", "failed"] as const)(
    "that was %s is not an empty list: the run is incomplete, and no finding is made of it",
    async (outcome) => {
      const head = await review([{ token: aToken() }, { coverage: aCoverage({ outcome, items: 0 }) }]);

      expect(head).toMatchObject({
        gate: { exit_code: 3, incomplete: true },
        told: [],
        summary: { coverage: { [outcome]: 1 } },
      });
    },
  );

  it("of single fields, as a credential of few rights leaves them, is incomplete and never false", async () => {
    const head = await review([{ token: unknowing({ owner: "denied", principal: "denied" }) }]);

    expect(head.told).toEqual([
      "nightly report: no-owner unknown",
      "nightly report: owner-suspended-or-deleted unknown",
      "nightly report: service-token-without-team unknown",
    ]);
    expect(head.gate).toMatchObject({ exit_code: 3, incomplete: true });
  });
});

it("a policy that never ran is in no score: neither counted nor listed", async () => {
  const head = await review([{ token: aToken({ expires: null }) }], { disabled: ["no-expiry"] });

  expect(head.told).toEqual([]);
  expect(head.policies.map(({ policy }) => policy.id)).not.toContain("no-expiry");
  expect(Object.values(head.summary.verdicts).reduce((sum, count) => sum + count)).toBe(
    bundle.manifest.policies.length - 1,
  );
});
