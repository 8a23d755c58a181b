import { describe, expect, it } from "vitest";
import { type Bearer, normalise, type Own } from "../../../src/collect/aws/normalise.ts";
import type { ReportRow } from "../../../src/collect/aws/report.ts";
import { unaccounted } from "../../../src/model/invariant.ts";
import { faultsIn } from "../../../src/model/validate.ts";

const ARN = "arn:aws:iam::111122223333:user/deploy";
const CREATED = new Date("2029-10-01T12:00:00.500Z");
const ROW: ReportRow = { arn: ARN, hasPassword: false, hasMfa: false, keys: [], certificates: [] };

function own(given: Partial<Own> = {}): Own {
  return {
    kind: "aws/access-key",
    native: "AKIAX",
    name: "deploy",
    status: "Active",
    created: CREATED,
    rotated: { value: null },
    expires: { value: null },
    lastUsed: { value: null },
    api: "iam:ListAccessKeys",
    ...given,
  };
}

function bearer(given: Partial<Bearer> = {}): Bearer {
  return {
    account: "111122223333",
    person: { name: "deploy", arn: ARN, tags: {} },
    untold: undefined,
    report: { value: { generated: undefined, rows: new Map([["deploy", ROW]]), broken: 0 } },
    rights: { grants: [], network: null },
    tags: {},
    asOf: "2030-01-01T00:00:00Z",
    ...given,
  };
}

function sound(one: Own, of: Bearer) {
  const token = normalise(one, of);
  expect([faultsIn("token", token), unaccounted(token)]).toEqual([[], []]);
  return token;
}

describe("what a credential tells of itself", () => {
  it.each([
    { given: { status: "Frozen" }, unknown: { status: "failed" } },
    { given: { status: undefined }, unknown: { status: "failed" } },
    { given: { created: undefined }, unknown: { created: "failed" } },
    { given: { created: new Date(Number.NaN) }, unknown: { created: "failed" } },
    { given: { created: new Date("1066-10-14T00:00:00Z") }, unknown: { created: "failed" } },
    { given: { expires: { unknown: "failed" } }, unknown: { expires: "failed" } },
    { given: { expires: { value: new Date(Number.NaN) } }, unknown: { expires: "failed" } },
    { given: { lastUsed: { unknown: "denied" } }, unknown: { last_used: "denied" } },
    { given: { rotated: { unknown: "not-exposed" } }, unknown: { rotated: "not-exposed" } },
  ] as const)("is unknown where it cannot be read: $given", ({ given, unknown }) => {
    expect(sound(own(given as Partial<Own>), bearer()).unknown).toMatchObject(unknown);
  });

  it.each([
    { given: { status: "Active" }, found: { status: "active" } },
    { given: { status: "Inactive" }, found: { status: "disabled" } },
    { given: { status: "Expired" }, found: { status: "expired" } },
    { given: {}, found: { created: "2029-10-01T12:00:00Z", rotated: null, expires: null, last_used: null } },
    { given: { expires: { value: new Date("2030-06-01T00:00:00Z") } }, found: { expires: "2030-06-01T00:00:00Z" } },
    { given: { expires: { value: new Date("2098-12-31T23:59:59Z") } }, found: { expires: "2098-12-31T23:59:59Z" } },
    { given: { expires: { value: new Date("2110-01-01T00:00:00Z") } }, found: { expires: null } },
    {
      given: { lastUsed: { value: CREATED }, precision: 14_400 },
      found: { last_used: "2029-10-01T12:00:00Z", precision: 14_400 },
    },
  ] as const)("is taken as it is: $found", ({ given, found }) => {
    expect(sound(own(given as Partial<Own>), bearer())).toMatchObject(found);
  });
});

describe("whose it is", () => {
  const person = (tags?: Record<string, string>) => ({ name: "deploy", arn: ARN, ...(tags && { tags }) });

  it.each([
    {
      is: "tags that were refused",
      given: { person: person(), untold: "denied" },
      unknown: { owner: "denied", environment: "denied" },
    },
    { is: "a user without tags", given: {}, unknown: { owner: "not-exposed", environment: "not-exposed" } },
    { is: "a tag that is only empty", given: { person: person({ owner: " " }) }, unknown: { owner: "not-exposed" } },
  ] as const)("is unknown for $is", ({ given, unknown }) => {
    expect(sound(own(), bearer(given as Partial<Bearer>)).unknown).toMatchObject(unknown);
  });

  it.each([
    { tags: { Owner: " team-shop " }, settings: {}, found: { owner: "team-shop" } },
    { tags: { Squad: "pay" }, settings: { owner_tag: "squad" }, found: { owner: "pay" } },
    { tags: { owner: "x" }, settings: { owner_tag: "squad" }, found: { owner: null } },
    { tags: { environment: "production" }, settings: {}, found: { environment: "production" } },
    { tags: {}, settings: { environment_tag: "stage" }, found: { environment: null } },
  ])("is what the tags say: $tags with $settings", ({ tags, settings, found }) => {
    expect(sound(own(), bearer({ person: person(tags), tags: settings }))).toMatchObject(found);
  });

  it("has the tags as labels, but for what would be lost in a report", () => {
    expect(sound(own(), bearer({ person: person({ cost: "1" }) })).labels).toEqual({ cost: "1" });
    expect(sound(own(), bearer())).not.toHaveProperty("labels");
  });
});

describe("whom it acts as", () => {
  const rowOf = (row: Partial<ReportRow>): Partial<Bearer> => ({
    report: { value: { generated: undefined, rows: new Map([["deploy", { ...ROW, ...row }]]), broken: 0 } },
  });

  it.each([
    { is: "no report", given: { report: { unknown: "denied" } }, reason: "denied" },
    {
      is: "a user who is not in it",
      given: { report: { value: { rows: new Map(), broken: 0 } } },
      reason: "not-exposed",
    },
    { is: "a report that does not say", given: rowOf({ hasPassword: undefined }), reason: "not-exposed" },
  ] as const)("is unknown with $is", ({ given, reason }) => {
    expect(sound(own(), bearer(given as Partial<Bearer>)).unknown).toMatchObject({ principal: reason });
  });

  it.each([
    { is: "a password", given: rowOf({ hasPassword: true }), type: "human" },
    { is: "a second factor", given: rowOf({ hasMfa: true }), type: "human" },
    { is: "neither", given: rowOf({}), type: "service" },
  ] as const)("is a $type with $is", ({ given, type }) => {
    expect(sound(own(), bearer(given)).principal).toEqual({ type, id: ARN, name: "deploy", state: "active" });
  });

  it.each([
    { value: "Workload", type: "workload" },
    { value: "robot", type: "service" },
  ])("is what the tag for it says, if that is a type: $value", ({ value, type }) => {
    const person = { name: "deploy", arn: ARN, tags: { kind: value } };

    expect(sound(own(), bearer({ person, tags: { type_tag: "Kind" } })).principal).toMatchObject({ type });
  });
});

describe("what it may do", () => {
  it("is unknown as a whole where the policies are", () => {
    expect(sound(own(), bearer({ rights: { unknown: "denied" } })).unknown).toMatchObject({
      grants: "denied",
      reach: "denied",
      network: "denied",
    });
  });

  it.each([
    { resource: "*", selection: "all" },
    { resource: "arn:aws:s3:::shop", selection: "selected" },
  ])("reaches $selection by $resource", ({ resource, selection }) => {
    const grants = [{ family: "action", scope: "s3:GetObject", access: "read" as const, resource }];

    expect(sound(own(), bearer({ rights: { grants, network: null } }))).toMatchObject({ grants, reach: { selection } });
  });
});

describe("what was seen of it", () => {
  it.each([
    { is: "unknown as it was told", seen: { unknown: "not-exposed" }, found: { unknown: { usage: "not-exposed" } } },
    {
      is: "from the day of issue",
      seen: { value: "read" },
      found: { usage: { access: "read", since: "2029-10-01T12:00:00Z" } },
    },
  ] as const)("is $is", ({ seen, found }) => {
    expect(sound(own(), bearer({ seen }))).toMatchObject(found);
  });

  it("is no older than what AWS keeps, and unknown with the day of issue", () => {
    const old = own({ created: new Date("2020-01-01T00:00:00Z") });

    expect(sound(old, bearer({ seen: { value: "write" } })).usage?.since).toBe("2028-11-27T00:00:00Z");
    expect(sound(own({ created: undefined }), bearer({ seen: { value: "write" } })).unknown.usage).toBe("failed");
  });

  it("is absent where nobody asked", () => {
    expect(sound(own(), bearer())).not.toHaveProperty("usage");
  });
});
