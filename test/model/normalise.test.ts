import { describe, expect, it } from "vitest";
import { judgedFields } from "../../src/model/bundle.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { unaccounted } from "../../src/model/invariant.ts";
import { isNormal, normaliseRecord } from "../../src/model/normalise.ts";
import { isValid } from "../../src/model/validate.ts";
import { aToken } from "../support/tokens.ts";

const short = { kind: "npm/token", account: "acme", native_id: "n1" };

function tokenOf(fields: Record<string, unknown>): Token {
  const normal = normaliseRecord({ ...short, ...fields });
  if ("faults" in normal) expect.fail(JSON.stringify(normal.faults));
  return normal.token;
}

function faultsOf(fields: Record<string, unknown>): string[] {
  const normal = normaliseRecord({ ...short, ...fields });
  return "faults" in normal ? normal.faults.map(({ pointer, says }) => `${pointer} ${says}`) : [];
}

describe("normaliseRecord", () => {
  it.each([
    { value: [], says: "is a list" },
    { value: "x", says: 'is "x"' },
    { value: 7, says: "is 7" },
    { value: null, says: "is null" },
  ])("refuses $value, which is no record", ({ value, says }) => {
    expect(normaliseRecord(value)).toMatchObject({ faults: [{ pointer: "", says }] });
  });

  it.each([
    { fields: JSON.parse('{"__proto__": {"owner": "x"}}'), fault: "/__proto__ is a key that is never read" },
    { fields: JSON.parse('{"labels": {"__proto__": "x"}}'), fault: "/labels/__proto__ is a key that is never read" },
    { fields: { constructor: {} }, fault: "/constructor is a key that is never read" },
    { fields: { evidence: { prototype: 1 } }, fault: "/evidence/prototype is a key that is never read" },
  ])("refuses the key of $fault", ({ fields, fault }) => {
    const normal = normaliseRecord(
      Object.assign(Object.create(null), fields, Object.fromEntries(Object.entries(fields))),
    );

    expect(normal).toHaveProperty("faults");
    expect(JSON.stringify(normal)).toContain(fault.split(" ")[0]);
    expect(({} as { owner?: string }).owner).toBeUndefined();
  });

  it.each([
    { fields: { created: null }, fault: "/created is null, but there always is one" },
    { fields: { created: "never" }, fault: '/created is "never", but there always is one' },
    { fields: { created: "2030-01-01" }, fault: '/created is "2030-01-01", which has no time zone' },
    {
      fields: { created: "1969-01-01T00:00:00Z" },
      fault: '/created is "1969-01-01T00:00:00Z", which is before 1970 or after 9999',
    },
    { fields: { created: "soon" }, fault: '/created is "soon", which is no date and time' },
    { fields: { created: 1_700_000_000 }, fault: "/created is 1700000000" },
    { fields: { created: ["2030-01-01T00:00:00Z"] }, fault: "/created is a list" },
    { fields: { expires: "2030-01-01T00:00:00" }, fault: '/expires is "2030-01-01T00:00:00", which has no time zone' },
    { fields: { expires: "2099-02-30" }, fault: '/expires is "2099-02-30", which has no time zone' },
    { fields: { expires: "2099-01-01 or so" }, fault: '/expires is "2099-01-01 or so", which is no date and time' },
    { fields: { last_used: -1 }, fault: "/last_used is -1" },
    { fields: { status: null }, fault: "/status is null, but there always is one" },
    { fields: { status: "actve" }, fault: '/status is "actve"' },
    { fields: { grants: null }, fault: "/grants is null" },
    { fields: { grants: [{ access: "write" }] }, fault: "/grants/0/scope is missing" },
    { fields: { grants: ["write @x"] }, fault: '/grants/0/scope must NOT have fewer than 1 characters, and is ""' },
    { fields: { grants: [{ scope: "x", access: "rw" }] }, fault: '/grants/0/access is "rw"' },
    { fields: { owner: 42 }, fault: "/owner is the number 42, not text or null" },
    { fields: { account: 123_456_789_012 }, fault: "/account is the number 123456789012, not text" },
    { fields: { account: undefined }, fault: "/account is missing" },
    { fields: { kind: undefined }, fault: "/kind is missing" },
    { fields: { kind: "NPM/Token" }, fault: '/kind is "NPM/Token"' },
    { fields: { kind: "npm" }, fault: '/kind is "npm"' },
    { fields: { provider: "github" }, fault: '/provider is "github", but the kind is "npm/token"' },
    { fields: { native_id: undefined }, fault: "/id is missing" },
    { fields: { native_id: 42 }, fault: "/native_id is 42, not text" },
    { fields: { native_id: " " }, fault: '/native_id is " ", not text' },
    { fields: { ownr: "x" }, fault: "/ownr is no field of a token record" },
    { fields: { principal: { type: "human" } }, fault: "/principal/id is missing" },
    { fields: { principal: { id: "x", type: "robot" } }, fault: '/principal/type is "robot"' },
    { fields: { principal: "ann" }, fault: '/principal is the text "ann", not a mapping or null' },
    { fields: { reach: { selection: "some" } }, fault: '/reach/selection is "some"' },
    { fields: { reach: { selection: "all", count: -1 } }, fault: "/reach/count must be >= 0, and is -1" },
    {
      fields: { reach: { selection: "all", count: Number.NaN } },
      fault: "/reach/count is the number NaN, not a whole number",
    },
    { fields: { precision: Number.POSITIVE_INFINITY }, fault: "/precision is the number Infinity, not a whole number" },
    { fields: { labels: { team: 7 } }, fault: "/labels/team is the number 7, not text" },
    { fields: { facts: { age: 1 } }, fault: "/facts are always computed, never read" },
    { fields: { unknown: "owner" }, fault: '/unknown is the text "owner", not a mapping' },
    { fields: { unknown: { owner: "dunno" } }, fault: '/unknown/owner is "dunno"' },
    { fields: { unknown: { nmae: "denied" } }, fault: "/unknown/nmae is no field of a token record" },
    { fields: { owner: "x", unknown: { owner: "denied" } }, fault: "/owner is given and also named in unknown" },
    {
      fields: { evidence: { observed: "2030-01-01" } },
      fault: '/evidence/observed is "2030-01-01", which has no time zone',
    },
    {
      fields: { location: { uri: "https://x/y", line: 1, column: 1 } },
      fault: '/location/uri is "https://x/y", not a relative path',
    },
    {
      fields: { location: { uri: "/etc/passwd", line: 1, column: 1 } },
      fault: '/location/uri is "/etc/passwd", not a relative path',
    },
  ])("says that $fault, and nothing else", ({ fields, fault }) => {
    expect(faultsOf(fields)).toEqual([fault]);
  });

  it("says everything that is wrong at once", () => {
    expect(faultsOf({ kind: undefined, created: "x", status: "x", ownr: "x" })).toHaveLength(4);
  });

  it.each([
    { fields: { ownr: "x" }, remedy: "write owner, or remove it" },
    { fields: { zzzzzzz: "x" }, remedy: "use one of id, provider" },
    { fields: { principal: { id: "x", typ: "human", type: "human" } }, remedy: "write type, or remove it" },
    { fields: { account: 42 }, remedy: "put it in quotation marks" },
    { fields: { created: "2030-01-01" }, remedy: "write it with its time zone, such as 2030-01-01T00:00:00Z" },
    { fields: { status: "x" }, remedy: "use one of active, disabled, expired, revoked, pending" },
  ])("tells what to do: $remedy", ({ fields, remedy }) => {
    expect(normaliseRecord({ ...short, ...fields })).toMatchObject({
      faults: [{ remedy: expect.stringContaining(remedy) }],
    });
  });

  it("quotes a value without its secret, cut short", () => {
    const secret = `gh${"p_"}${"EXAMPLE".repeat(6)}`;

    expect(faultsOf({ created: secret })).toEqual(['/created is "ghp_***", which is no date and time']);
    expect(faultsOf({ status: "x".repeat(1_000) })[0]?.length).toBeLessThan(100);
    expect(faultsOf({ status: "\u001b[2J" }).join()).not.toContain("\u001b");
  });

  it("makes a whole token of three words, every judged field unknown", () => {
    const token = tokenOf({});

    expect(token).toEqual({
      id: "npm/acme/token/n1",
      provider: "npm",
      account: "acme",
      kind: "npm/token",
      name: "n1",
      unknown: Object.fromEntries(judgedFields.map((field) => [field, "not-asked"])),
    });
    expect(isValid("token", token)).toBe(true);
    expect(unaccounted(token)).toEqual([]);
  });

  it.each(["", "  "])("takes %j for a field that nobody told, never for none", (text) => {
    const token = tokenOf({ owner: text, expires: text, environment: text, status: text });

    expect(token).not.toHaveProperty("owner");
    expect(token).not.toHaveProperty("expires");
    expect(token.unknown).toMatchObject({ owner: "not-asked", expires: "not-asked", status: "not-asked" });
  });

  it.each([
    { word: "unknown", reason: "not-asked" },
    { word: "not-asked", reason: "not-asked" },
    { word: "DENIED", reason: "denied" },
    { word: " failed ", reason: "failed" },
    { word: "not-exposed", reason: "not-exposed" },
  ])("takes the word $word for unknown: $reason", ({ word, reason }) => {
    const token = tokenOf(Object.fromEntries(judgedFields.map((field) => [field, word])));

    expect(token.unknown).toEqual(Object.fromEntries(judgedFields.map((field) => [field, reason])));
  });

  it.each(["rotated", "expires", "last_used"] as const)("takes none, null and never in %s for null", (field) => {
    for (const word of ["none", "NULL", "Never", null]) expect(tokenOf({ [field]: word })[field]).toBeNull();
  });

  it.each(["principal", "owner", "reach", "network", "environment"] as const)(
    "takes none and null in %s for null",
    (field) => {
      for (const word of ["none", "null", null]) expect(tokenOf({ [field]: word })[field]).toBeNull();
    },
  );

  it.each([
    -1,
    "-1",
    0,
    "0",
    "0001-01-01T00:00:00Z",
    "0001-01-01 00:00:00",
    "0000-00-00",
    "1970-01-01T00:00:00Z",
    "2099-01-01T00:00:00Z",
    "2099-12-31",
    "2999-12-12T00:00:00+01:00",
    "9999-12-31T23:59:59-05:00",
  ])("takes the expiry %j for never", (value) => {
    expect(tokenOf({ expires: value }).expires).toBeNull();
  });

  it.each([0, "0001-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00"])("takes the last use %j for never", (value) => {
    expect(tokenOf({ last_used: value }).last_used).toBeNull();
  });

  it("keeps an expiry in 2098 and a last use in 2099", () => {
    const token = tokenOf({ expires: "2098-12-31T23:59:59Z", last_used: "2099-01-01T00:00:00Z" });

    expect(token).toMatchObject({ expires: "2098-12-31T23:59:59Z", last_used: "2099-01-01T00:00:00Z" });
  });

  it("keeps an owner who is called Never, or Nobody", () => {
    expect(tokenOf({ owner: "Never" }).owner).toBe("Never");
    expect(tokenOf({ owner: "Nobody" }).owner).toBe("Nobody");
  });

  it("writes any zone as UTC", () => {
    const observed = { evidence: { observed: "2030-01-01T01:00:00+01:00" } };

    expect(tokenOf({ created: "2029-12-31T19:00:00-05:00", ...observed })).toMatchObject({
      created: "2030-01-01T00:00:00Z",
      evidence: { observed: "2030-01-01T00:00:00Z" },
    });
  });

  it.each([
    { principal: { type: "app", id: "x" }, state: undefined, unknown: "not-asked" },
    { principal: { type: "app", id: "x", state: "denied" }, state: undefined, unknown: "denied" },
    { principal: { type: "app", id: "x", state: "" }, state: undefined, unknown: "not-asked" },
    { principal: { type: "app", id: "x", state: "suspended" }, state: "suspended", unknown: undefined },
  ])("gives the principal $principal the state $state", ({ principal, state, unknown }) => {
    const token = tokenOf({ principal });

    expect(token.principal?.state).toBe(state);
    expect(token.unknown["principal.state"]).toBe(unknown);
    expect(unaccounted(token)).toEqual([]);
  });

  it.each([
    { grants: "none", read: [] },
    { grants: [], read: [] },
    { grants: "repo", read: [{ family: "", scope: "repo", access: "unknown", resource: "*" }] },
    {
      grants: "write contents@acme/shop",
      read: [{ family: "", scope: "contents", access: "write", resource: "acme/shop" }],
    },
    { grants: "admin", read: [{ family: "", scope: "admin", access: "unknown", resource: "*" }] },
    {
      grants: "read a; write b@c@d;;",
      read: [
        { scope: "a", access: "read" },
        { scope: "b", access: "write", resource: "c@d" },
      ],
    },
    {
      grants: ["read a", { scope: "b", family: "classic" }],
      read: [{ scope: "a" }, { family: "classic", scope: "b", access: "unknown", resource: "*" }],
    },
  ])("reads the grants $grants", ({ grants, read }) => {
    expect(tokenOf({ grants }).grants).toMatchObject(read);
    expect(tokenOf({ grants }).grants).toHaveLength(read.length);
  });

  it("reads reach and network written as text", () => {
    expect(tokenOf({ reach: "all", network: "10.0.0.0/8; 192.0.2.1/32" })).toMatchObject({
      reach: { selection: "all" },
      network: ["10.0.0.0/8", "192.0.2.1/32"],
    });
  });

  it.each<Record<string, unknown>>([
    {
      reviewed: "never",
      usage: { access: "read", since: "2029-01-01T01:00:00+01:00" },
      consumers: "ci a b;human mona;",
    },
    {
      reviewed: null,
      usage: { access: "read", since: "2029-01-01T00:00:00Z" },
      consumers: [
        { type: "ci", name: "a b" },
        { type: "human", name: "mona" },
      ],
    },
  ])("reads what most sources never tell: %j", (fields) => {
    const token = tokenOf(fields);

    expect(token).toMatchObject({
      reviewed: null,
      usage: { access: "read", since: "2029-01-01T00:00:00Z" },
      consumers: [
        { type: "ci", name: "a b" },
        { type: "human", name: "mona" },
      ],
    });
    expect(unaccounted(token)).toEqual([]);
  });

  it.each(["reviewed", "usage", "consumers"] as const)(
    "has no gap where %s is not told, but where it is unknown",
    (field) => {
      for (const untold of ["", " "]) {
        expect(tokenOf({ [field]: untold })).not.toHaveProperty(field);
        expect(tokenOf({ [field]: untold }).unknown).not.toHaveProperty(field);
      }
      expect(tokenOf({ [field]: "denied" }).unknown).toMatchObject({ [field]: "denied" });
      expect(tokenOf({ unknown: { [field]: "failed" } }).unknown).toMatchObject({ [field]: "failed" });
    },
  );

  it.each([
    { fields: { reviewed: "soon" }, fault: '/reviewed is "soon", which is no date and time' },
    {
      fields: { usage: { access: "read", since: "2029" } },
      fault: '/usage/since is "2029", which is no date and time',
    },
    { fields: { usage: { access: "read" } }, fault: "/usage/since is missing" },
    { fields: { usage: { access: "look", since: "2029-01-01T00:00:00Z" } }, fault: '/usage/access is "look"' },
    { fields: { usage: "none" }, fault: '/usage is "none", but there always is one' },
    { fields: { consumers: null }, fault: "/consumers is null" },
    { fields: { consumers: "release" }, fault: "/consumers/0/name is missing" },
    { fields: { consumers: "robot release" }, fault: '/consumers/0/type is "robot"' },
    {
      fields: { consumers: [], unknown: { consumers: "denied" } },
      fault: "/consumers is given and also named in unknown",
    },
    { fields: { collector: {} }, fault: "/collector/extra is missing" },
  ])("refuses $fields: $fault", ({ fields, fault }) => {
    expect(faultsOf(fields)).toContain(fault);
  });

  it("tells a record that gives what it also calls unknown", () => {
    const token = {
      ...tokenOf({ reviewed: "never" }),
      unknown: { ...tokenOf({}).unknown, reviewed: "denied" },
    } as Token;

    expect(unaccounted(token)).toEqual(["reviewed is given and also named in unknown"]);
  });

  it("keeps an id of its own, and a name and a reason that are given", () => {
    const fields = { id: "mine", name: "Deploy", unknown: { owner: "denied" } };

    expect(tokenOf(fields)).toMatchObject({ id: "mine", name: "Deploy", unknown: { owner: "denied" } });
  });

  it("leaves the record it was given as it was", () => {
    const raw = { ...short, principal: { type: "app", id: "x", state: "denied" }, unknown: {} };
    const before = structuredClone(raw);

    normaliseRecord(raw);

    expect(raw).toEqual(before);
  });
});

describe("isNormal", () => {
  const words = ["", " ", "none", "Unknown ", "never", "denied", "0", "-1", "2030-01-01", "2099-01-01T00:00:00Z", "x"];
  const values = [
    ...words,
    "1970-01-01T00:00:00Z",
    "2030-02-30T00:00:00Z",
    "2030-01-01T00:00:00+01:00",
    "https://example.com/a",
    "/etc/a",
    null,
    undefined,
    0,
    -1,
    [],
    ["read a"],
    [{ scope: "a" }],
    {},
    { type: "app", id: "x" },
    { type: "app", id: "x", state: null },
    { uri: "/etc/a", line: 1, column: 1 },
    { observed: "2099-01-01T00:00:00Z" },
    { selection: "all" },
    JSON.parse('{"constructor":"x"}'),
    { owner: "denied" },
  ];
  const fields = [
    ...judgedFields,
    "id",
    "provider",
    "kind",
    "name",
    "native_id",
    "facts",
    "location",
    "evidence",
    "labels",
    "unknown",
  ];
  const records = fields.flatMap((field) =>
    values.map((value) => ({ field, value, record: { ...aToken(), [field]: value } })),
  );

  it("accepts a record that has nothing to normalise", () => {
    expect(isNormal(aToken())).toBe(true);
  });

  it.each(records)("never accepts what normalising changes or refuses: $field is $value", ({ record }) => {
    const written: unknown = JSON.parse(JSON.stringify(record));
    if (isNormal(written)) expect(normaliseRecord(structuredClone(written))).toEqual({ token: written });
    else expect(isNormal(written)).toBe(false);
  });

  it("accepts some of them", () => {
    expect(records.filter(({ record }) => isNormal(JSON.parse(JSON.stringify(record)))).length).toBeGreaterThan(20);
  });
});
