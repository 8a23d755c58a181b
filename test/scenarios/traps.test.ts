import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../support/command.ts";

/** A record as a person or an export writes it. */
type Written = Record<string, unknown>;

/** What other checkers got wrong, in words, with records that show it and all that is right to say of each. */
interface Trap {
  trap: string;
  cases: Record<string, { record: Written; told: string[] }>;
}

const day = (date: string) => `${date}T00:00:00Z`;

const blameless: Written = {
  account: "acme",
  principal: { type: "service", id: "robot", state: "active" },
  owner: "team-build",
  status: "active",
  created: day("2029-12-02"),
  rotated: null,
  expires: day("2030-02-15"),
  last_used: day("2029-12-31"),
  grants: [{ family: "x", scope: "read", access: "read", resource: "acme/shop" }],
  reach: { selection: "single" },
  network: null,
  environment: null,
};
const vercel = (over: Written): Written => ({ ...blameless, kind: "vercel/token", ...over });
const awsKey = (over: Written): Written => ({ ...blameless, kind: "aws/access-key", expires: null, ...over });
const databricks = (over: Written): Written => ({ ...blameless, kind: "databricks/pat", ...over });

/** A field that the source names as unknown, instead of a value. */
function withUnknown({ unknown = {}, ...record }: Written, gaps: Record<string, string>): Written {
  const kept = Object.entries(record).filter(([field]) => !Object.hasOwn(gaps, field));
  return { ...Object.fromEntries(kept), unknown: { ...(unknown as object), ...gaps } };
}

const traps: Trap[] = [
  {
    trap: "a key that was never used is judged from its issue, and only where the provider reports use",
    cases: {
      "issued long ago": {
        record: awsKey({ created: day("2029-11-16"), last_used: null }),
        told: ["never-used fail"],
      },
      "issued exactly the limit ago": { record: awsKey({ created: day("2029-11-17"), last_used: null }), told: [] },
      "issued yesterday": { record: awsKey({ created: day("2029-12-31"), last_used: null }), told: [] },
      "use not reported": {
        record: withUnknown(awsKey({ created: day("2029-11-16") }), { last_used: "not-exposed" }),
        told: ["idle unknown", "never-used unknown"],
      },
    },
  },
  {
    trap: "an active key that was never used is found whether or not its holder may log in",
    cases: {
      "of a machine": {
        record: awsKey({ created: day("2029-11-01"), last_used: null }),
        told: ["never-used fail"],
      },
      "of a person": {
        record: awsKey({
          created: day("2029-11-01"),
          last_used: null,
          principal: { type: "human", id: "jo", state: "active" },
        }),
        told: ["never-used fail"],
      },
    },
  },
  {
    trap: "a disabled first key does not end the decision about the second",
    cases: {
      "first key, disabled": { record: awsKey({ status: "disabled", last_used: day("2029-10-20") }), told: [] },
      "second key, stale": { record: awsKey({ last_used: day("2029-10-20") }), told: ["idle fail"] },
    },
  },
  {
    trap: "a token without an expiry is no pass",
    cases: {
      "known to have none": { record: vercel({ expires: null }), told: ["no-expiry fail"] },
      "not known": {
        record: withUnknown(vercel({}), { expires: "denied" }),
        told: [
          "expires-soon unknown",
          "lifetime-cap-exceeded-remaining unknown",
          "lifetime-too-long unknown",
          "no-expiry unknown",
        ],
      },
    },
  },
  {
    trap: "what programs write for never is no far date",
    cases: Object.fromEntries(
      [-1, "-1", 0, "2099-12-31T00:00:00Z", "9999-12-31T23:59:59Z"].map((expires) => [
        `expires ${JSON.stringify(expires)}`,
        { record: databricks({ expires }), told: ["no-expiry fail"] },
      ]),
    ),
  },
  {
    trap: "a life of ten years is a finding, however far its end",
    cases: {
      "of a service account": {
        record: { ...blameless, kind: "gcp/service-account-key", expires: day("2039-12-02") },
        told: ["lifetime-too-long fail"],
      },
      "whose issue is not known": {
        record: withUnknown(databricks({ expires: day("2057-01-01") }), { created: "not-exposed" }),
        told: [
          "lifetime-cap-exceeded-remaining fail",
          "never-used unknown",
          "provider-will-revoke-idle unknown",
          "too-old unknown",
        ],
      },
    },
  },
  {
    trap: "the built-in numbers let a fresh token pass, and an old one fail",
    cases: {
      "as new as can be": {
        record: databricks({ created: day("2030-01-01"), last_used: null }),
        told: [],
      },
      "a year old": {
        record: databricks({ created: day("2029-01-01"), expires: day("2030-02-15") }),
        told: ["lifetime-too-long fail", "too-old fail"],
      },
    },
  },
  {
    trap: "a key that is disabled, revoked or expired is not overdue for rotation",
    cases: Object.fromEntries(
      [
        { status: "disabled", told: ["disabled-not-deleted fail"] },
        { status: "revoked", told: [] },
        { status: "expired", told: ["expired-still-listed fail"] },
      ].map(({ status, told }) => [
        status,
        { record: awsKey({ status, created: day("2026-01-01"), last_used: day("2026-02-01") }), told },
      ]),
    ),
  },
  {
    trap: "a secret that was just replaced is not unused",
    cases: {
      "replaced yesterday, not used since": {
        record: awsKey({ created: day("2029-12-02"), rotated: day("2029-12-31"), last_used: null }),
        told: [],
      },
    },
  },
  {
    trap: "an expired token is told once, not also as old, idle, wide and ownerless",
    cases: Object.fromEntries(
      ["active", "expired"].map((status) => [
        `by its date, status ${status}`,
        {
          record: vercel({
            status,
            created: day("2024-01-01"),
            last_used: day("2024-02-01"),
            expires: day("2029-01-01"),
            owner: null,
            principal: null,
            grants: [{ family: "x", scope: "*", access: "admin", resource: "*" }],
            reach: { selection: "all" },
          }),
          told: ["expired-still-listed fail"],
        },
      ]),
    ),
  },
  {
    trap: "the same cause is told by the policy that comes closest",
    cases: {
      "soon ended by its provider, not also idle": {
        record: { ...blameless, kind: "okta/ssws", last_used: day("2029-12-08") },
        told: ["provider-will-revoke-idle fail"],
      },
      "idle, and its provider did not end it": {
        record: { ...blameless, kind: "okta/ssws", last_used: day("2029-12-02") },
        told: ["idle fail"],
      },
      "a stored secret, neither old nor overdue": {
        record: { ...blameless, kind: "github/actions-secret", created: day("2028-01-01"), expires: null },
        told: ["secret-not-updated fail"],
      },
      "a person who is gone, not also no owner": {
        record: vercel({ owner: null, principal: { type: "human", id: "ada", state: "deleted" } }),
        told: ["owner-suspended-or-deleted fail"],
      },
    },
  },
  {
    trap: "the first cause does not hide the second",
    cases: {
      "stale and nobody's": {
        record: awsKey({ last_used: day("2029-10-01"), owner: null }),
        told: ["idle fail", "no-owner fail"],
      },
    },
  },
  {
    trap: "a policy fires for what its name says, not because a token exists",
    cases: {
      "used just now": { record: awsKey({ created: day("2029-12-31"), last_used: "2029-12-31T23:59:59Z" }), told: [] },
      "disabled, but only a week ago in use": {
        record: awsKey({ status: "disabled", last_used: day("2029-12-25") }),
        told: [],
      },
      "of a kind that can federate, by nobody known": { record: databricks({}), told: [] },
    },
  },
  {
    trap: "what a credential of few rights could not read is unknown, and never false",
    cases: {
      "owner and principal": {
        record: withUnknown(vercel({}), { owner: "denied", principal: "denied" }),
        told: ["no-owner unknown", "owner-suspended-or-deleted unknown", "service-token-without-team unknown"],
      },
      "the state of the person": {
        record: withUnknown(vercel({ principal: { type: "human", id: "ada" } }), { "principal.state": "denied" }),
        told: ["owner-suspended-or-deleted unknown"],
      },
      grants: {
        record: withUnknown(vercel({}), { grants: "denied" }),
        told: ["admin-scope unknown", "all-resources unknown", "wildcard-scope unknown"],
      },
      "who uses it": {
        record: withUnknown({ ...blameless, kind: "npm/granular" }, { consumers: "denied", usage: "failed" }),
        told: ["stale-write-scope unknown", "static-where-federation-exists unknown"],
      },
    },
  },
  {
    trap: "a limit is passed one second after it, in whole seconds and in any time zone",
    cases: {
      "exactly as old as may be": { record: awsKey({ created: day("2029-10-03") }), told: [] },
      "one second older": { record: awsKey({ created: "2029-10-02T23:59:59Z" }), told: ["too-old fail"] },
      "the same instant in another zone": { record: awsKey({ created: "2029-10-03T05:30:00+05:30" }), told: [] },
      "one second older in another zone": {
        record: awsKey({ created: "2029-10-03T05:29:59+05:30" }),
        told: ["too-old fail"],
      },
      "at its end it no longer works": {
        record: vercel({ expires: day("2030-01-01") }),
        told: ["expired-still-listed fail"],
      },
      "one second before its end it still does": {
        record: vercel({ expires: "2030-01-01T00:00:01Z", created: day("2029-12-30") }),
        told: [],
      },
      "a use known to the second": { record: awsKey({ last_used: "2029-11-16T00:00:01Z" }), told: ["idle fail"] },
      "a use known to the day may have been at its end": {
        record: awsKey({ last_used: "2029-11-16T00:00:01Z", precision: 86_400 }),
        told: [],
      },
    },
  },
  {
    trap: "ages are counted in seconds, not in the difference of years",
    cases: {
      "two days over New Year are no year": {
        record: vercel({ created: day("2029-12-31"), expires: day("2030-01-02") }),
        told: [],
      },
      "a limit below a year counts": { record: awsKey({ created: day("2029-09-01") }), told: ["too-old fail"] },
      "a leap day is a day": {
        record: { ...blameless, kind: "datadog/api-key", created: day("2028-12-31"), expires: null },
        told: ["too-old fail"],
      },
      "365 days are not exceeded after 365": {
        record: { ...blameless, kind: "datadog/api-key", created: day("2029-01-01"), expires: null },
        told: [],
      },
    },
  },
];

const named = traps.flatMap(({ trap, cases }, at) =>
  Object.entries(cases).map(([name, one], index) => ({ trap, name, id: `${at}-${index}`, ...one })),
);

/** All records are judged in one run: each test looks at its own. */
let told: Map<string, string[]>;
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "tokenward-traps-"));
  const stdin = named.map(({ id, record }) => JSON.stringify({ ...record, native_id: id })).join("\n");
  const args = ["judge", "-", "--as-of", day("2030-01-01"), "--report", "json=out.json"];
  const { code, stderr } = await run({ args, cwd: scratch, stdin });
  const { findings, coverage } = JSON.parse(await readFile(join(scratch, "out.json"), "utf8")) as {
    findings: { policy: string; verdict: string; token: { id: string } }[];
    coverage: { outcome: string }[];
  };
  // Nothing below says anything if a record was refused.
  if (coverage.some(({ outcome }) => outcome !== "read")) throw new Error(`not all was read (exit ${code}): ${stderr}`);
  told = new Map();
  for (const { policy, verdict, token } of findings) {
    const id = token.id.split("/").at(-1) ?? "";
    told.set(id, [...(told.get(id) ?? []), `${policy} ${verdict}`]);
  }
}, 60_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe.each(traps.map(({ trap }) => trap))("%s", (trap) => {
  it.each(named.filter((one) => one.trap === trap))("$name", ({ id, told: expected }) => {
    expect([...(told.get(id) ?? [])].sort()).toEqual(expected);
  });
});
