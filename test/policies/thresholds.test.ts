import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Policy, Thresholds } from "../../src/model/documents.gen.ts";
import { parseDuration } from "../../src/model/duration.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { root, writtenPolicies } from "./on-disk.ts";

const thresholds = parse(await readFile(join(root, "policies/data/thresholds.yaml"), "utf8")) as Thresholds;
const policies = new Map((await writtenPolicies()).map(({ policy }) => [policy.id, policy]));

const settings = Object.entries(thresholds.kinds).flatMap(([kind, byPolicy]) =>
  Object.entries(byPolicy).map(([policy, { source, applies, ...numbers }]) => ({
    kind,
    policy,
    source,
    applies,
    numbers,
  })),
);
const limits = Object.entries(thresholds.profiles).flatMap(([profile, { at_least, at_most }]) =>
  Object.entries({ ...at_least, ...at_most }).map(([policy, numbers]) => ({ profile, policy, numbers })),
);

it("are as their schema says", () => {
  expect(faultsIn("thresholds", thresholds)).toEqual([]);
});

it("are refused by the schema without a source", () => {
  const [fault] = faultsIn("thresholds", { ...thresholds, kinds: { "aws/access-key": { idle: { max_idle: "45d" } } } });

  expect(fault).toMatchObject({ path: "/kinds/aws~1access-key/idle", keyword: "required" });
});

it("name each kind once, in order", () => {
  const kinds = Object.keys(thresholds.kinds);

  expect(kinds).toEqual([...kinds].sort());
});

it.each(settings)("$kind $policy: a whole set of the policy's own numbers, or not judged", (setting) => {
  const { policy, applies, numbers } = setting;

  const params = paramsOf(policy);
  expect(Object.keys(numbers).sort()).toEqual(applies === false ? [] : Object.keys(params).sort());
  for (const [name, number] of Object.entries(numbers)) expect(sizeOf(params[name], number)).toBeGreaterThan(0);
});

it.each(limits)("profile $profile moves $policy by the policy's own names", ({ policy, numbers }) => {
  expect(Object.keys(paramsOf(policy))).toEqual(expect.arrayContaining(Object.keys(numbers)));
  for (const number of Object.values(numbers)) expect(parseDuration(number)).toBeGreaterThan(0);
});

describe.each(Object.entries(thresholds.kinds))("%s", (_, byPolicy) => {
  it("counts a token as never used after the time that counts as idle", () => {
    expect(byPolicy["never-used"]?.grace).toBe(byPolicy.idle?.max_idle);
  });

  it("gives a secret replaced in place as long as one issued anew", () => {
    expect(byPolicy["rotation-overdue"]?.interval).toBe(byPolicy["too-old"]?.max_age);
  });

  it("may live as long from now on as it may in all", () => {
    expect(byPolicy["lifetime-cap-exceeded-remaining"]?.max_remaining).toBe(
      byPolicy["lifetime-too-long"]?.max_lifetime,
    );
  });

  it("is judged as a stored secret, or as old and overdue, but not as both", () => {
    const isStored = byPolicy["secret-not-updated"] !== undefined;

    expect(["too-old", "rotation-overdue"].map((policy) => byPolicy[policy]?.applies === false)).toEqual(
      expect.arrayContaining(isStored ? [true, true] : []),
    );
  });

  it("has a lifetime only where it can have an expiry", () => {
    const lifetime = ["no-expiry", "lifetime-too-long", "lifetime-cap-exceeded-remaining", "expires-soon"];
    const judged = lifetime.map((policy) => byPolicy[policy]?.applies);

    expect(new Set(judged).size).toBe(1);
  });
});

it.each([
  { kind: "aws/access-key", policy: "too-old", name: "max_age", value: "90d" },
  { kind: "aws/access-key", policy: "idle", name: "max_idle", value: "45d" },
  { kind: "aws/access-key", policy: "no-expiry", name: "applies", value: false },
  { kind: "gcp/service-account-key", policy: "idle", name: "max_idle", value: "180d" },
  { kind: "github/fine-grained-pat", policy: "lifetime-too-long", name: "max_lifetime", value: "366d" },
  { kind: "github/classic-pat", policy: "too-old", name: "max_age", value: "90d" },
  { kind: "github/deploy-key", policy: "too-old", name: "max_age", value: "365d" },
  { kind: "github/app-installation", policy: "lifetime-too-long", name: "applies", value: false },
  { kind: "gitlab/personal-access-token", policy: "idle", name: "max_idle", value: "90d" },
  { kind: "npm/granular", policy: "never-used", name: "grace", value: "30d" },
  { kind: "okta/ssws", policy: "idle", name: "max_idle", value: "21d" },
  { kind: "vault/token-service", policy: "lifetime-too-long", name: "max_lifetime", value: "768h" },
  { kind: "okta/ssws", policy: "provider-will-revoke-idle", name: "limit", value: "30d" },
  { kind: "databricks/pat", policy: "provider-will-revoke-idle", name: "limit", value: "90d" },
  { kind: "github/classic-pat", policy: "provider-will-revoke-idle", name: "limit", value: "365d" },
  { kind: "kubernetes/legacy-sa-token", policy: "provider-will-revoke-idle", name: "limit", value: "365d" },
  { kind: "github/actions-secret", policy: "secret-not-updated", name: "max_unchanged", value: "180d" },
  { kind: "aws/access-key", policy: "rotation-overlap-too-long", name: "max_overlap", value: "14d" },
  { kind: "aws/access-key", policy: "rotation-frequency", name: "times", value: 4 },
])("$kind $policy: $name is $value", ({ kind, policy, name, value }) => {
  expect(thresholds.kinds[kind]?.[policy]?.[name]).toBe(value);
});

it("loosens nothing that is short by nature, and halves the strict", () => {
  const { strict, relaxed } = thresholds.profiles;

  expect(strict.scale).toBe(0.5);
  expect(relaxed).toMatchObject({ at_least_from: "30d", at_least: { "too-old": { max_age: "365d" } } });
});

/** Seconds, a count, or how many words. */
function sizeOf(param: Policy["params"][string] | undefined, value: unknown): number | undefined {
  if (param?.type === "list") return Array.isArray(value) ? value.length : undefined;
  return param?.type === "integer" ? Number(value) : parseDuration(String(value));
}

function paramsOf(policy: string): Policy["params"] {
  return policies.get(policy)?.params ?? {};
}
