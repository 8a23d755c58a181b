import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { type EstateState, HOME, USER_KEY } from "./estate.ts";
import { type AccountState, allow } from "./state.ts";

const OTHER = "444455556666";
const keyId = (name: string) => `AKIA${name.toUpperCase().padEnd(16, "0")}`;
const home = (state: AccountState): EstateState => ({ accounts: { [HOME]: state } });
const ALICE = {
  name: "alice",
  keys: [{ id: keyId("alice"), used: "2029-12-30T10:00:00Z" }],
  inline: { own: allow("s3:GetObject") },
};

/** An account with one of everything. */
const FULL: AccountState = {
  users: [
    ALICE,
    {
      name: "bob",
      password: true,
      groups: ["ops"],
      boundary: `arn:aws:iam::${HOME}:policy/cap`,
      keys: [{ id: keyId("bob1"), status: "Inactive" }, { id: keyId("bob2") }],
      certificates: [{ id: "CERT1" }],
      services: [
        { id: "ACCABEDROCK", service: "bedrock.amazonaws.com" },
        { id: "ACCALOGS", service: "logs.amazonaws.com", expires: "2030-02-01T00:00:00Z" },
        { id: "ACCAGIT", service: "codecommit.amazonaws.com" },
        { id: "ACCACQL", service: "cassandra.amazonaws.com" },
      ],
    },
    { name: "carol", password: true },
  ],
  groups: { ops: { inline: { all: allow("*") } } },
  policies: { cap: allow("s3:*", "logs:*", "bedrock:*") },
  summary: { AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 0 },
  rootKeys: [["true", "2027-01-01T00:00:00+00:00", "N/A"]],
};

let collected: ReturnType<typeof collectFrom> | undefined;
/** What the full account comes to where nothing goes wrong. */
function everything(): ReturnType<typeof collectFrom> {
  collected ??= collectFrom(home(FULL), { usage: true });
  return collected;
}

describe("what is refused", () => {
  it.each([
    { action: "GetAccountSummary", gaps: ["denied: root user's credentials"], lost: [] },
    { action: "GenerateCredentialReport", gaps: ["denied: credential report"], lost: [] },
    { action: "GetCredentialReport", gaps: ["denied: credential report"], lost: [] },
    { action: "GetAccountAuthorizationDetails", gaps: ["denied: users' policies and tags"], lost: [] },
    { action: "ListAccessKeys", gaps: ['denied: access keys of "alice" and 2 more'], lost: ["alice", "bob1", "bob2"] },
    { action: "GetAccessKeyLastUsed", gaps: ['denied: last use of access keys of "alice" and 2 more'], lost: [] },
    { action: "ListServiceSpecificCredentials", gaps: ["denied: service-specific credentials"], lost: ["ACCA"] },
    { action: "ListSigningCertificates", gaps: ['denied: signing certificates of "bob"'], lost: ["CERT"] },
    { action: "GetRole", gaps: ["denied: tokenward's own credential"], lost: [] },
    { action: "ListAttachedRolePolicies", gaps: ["denied: tokenward's own credential"], lost: [] },
    { action: "ListRolePolicies", gaps: ["denied: tokenward's own credential"], lost: [] },
    { action: "GenerateServiceLastAccessedDetails", gaps: ['denied: use of rights of "alice" and 1 more'], lost: [] },
    { action: "GetServiceLastAccessedDetails", gaps: ['denied: use of rights of "alice" and 1 more'], lost: [] },
  ])("is told with the right that is missing, and ends nothing else: $action", async ({ action, gaps, lost }) => {
    const all = await everything();
    const fault: EstateState["fault"] = (asked) =>
      asked.action === action ? { code: "AccessDenied", status: 403 } : undefined;
    const { tokens, coverage } = await collectFrom({ ...home(FULL), fault }, { usage: true });

    expect(gapsIn(coverage)).toEqual(gaps);
    expect(coverage.find(({ outcome }) => outcome === "denied")?.remedy).toContain(`allow iam:${action}`);
    const isLost = (id: string) => lost.some((part) => id.includes(part.toUpperCase()));
    expect(tokens.map(({ id }) => id)).toEqual(all.tokens.map(({ id }) => id).filter((id) => !isLost(id)));
  });

  it("of users, leaves those that the list has, and then those that the report has", async () => {
    const refusing =
      (...actions: string[]): EstateState["fault"] =>
      ({ action }) =>
        actions.includes(action) ? { code: "AccessDenied", status: 403 } : undefined;
    const listed = await collectFrom({ ...home(FULL), fault: refusing("GetAccountAuthorizationDetails") });
    const reported = await collectFrom({
      ...home(FULL),
      fault: refusing("GetAccountAuthorizationDetails", "ListUsers"),
    });
    const none = await collectFrom({
      ...home(FULL),
      fault: refusing("GetAccountAuthorizationDetails", "ListUsers", "GetCredentialReport"),
    });

    const keysOf = ({ tokens }: typeof listed) =>
      tokens.filter(({ kind }) => kind === "aws/access-key").map(({ id }) => id.slice(-16));
    expect(keysOf(listed)).toHaveLength(3);
    expect(keysOf(reported)).toEqual(keysOf(listed));
    expect(listed.tokens.find(({ name }) => name.startsWith("alice"))?.unknown).toEqual({
      ...{ owner: "denied", environment: "denied", grants: "denied", reach: "denied", network: "denied" },
    });
    expect(gapsIn(none.coverage)).toEqual([
      "denied: credential report",
      "denied: users",
      "denied: users' policies and tags",
    ]);
    expect(none.tokens.map(({ kind }) => kind)).toContain("aws/root-access-key");
  });

  it.each([
    { code: "InvalidClientTokenId", remedy: "of this partition" },
    { code: "ExpiredToken", remedy: "its session has ended" },
    { code: "SignatureDoesNotMatch", remedy: "clock" },
  ])("for the credential itself says so: $code", async ({ code, remedy }) => {
    const { tokens, coverage } = await collectFrom({ ...home(FULL), fault: () => ({ code, status: 403 }) });

    expect(tokens).toEqual([]);
    expect(coverage).toMatchObject([
      { outcome: "denied", subject: "credential", remedy: expect.stringContaining(remedy) },
    ]);
  });

  it("of one user among many, names that user", async () => {
    const fault: EstateState["fault"] = ({ action, params }) =>
      action === "ListAccessKeys" && params.UserName === "bob" ? { code: "ServiceFailure", status: 500 } : undefined;

    expect(gapsIn((await collectFrom({ ...home(FULL), fault })).coverage)).toEqual(['failed: access keys of "bob"']);
  });
});

describe("what passes", () => {
  it("is a user who was deleted in between", async () => {
    const fault: EstateState["fault"] = ({ action, params }) =>
      action.startsWith("List") && params.UserName === "bob" ? { code: "NoSuchEntity", status: 404 } : undefined;

    expect(gapsIn((await collectFrom({ ...home(FULL), fault })).coverage)).toEqual([]);
  });

  it.each([
    { what: "throttling", fault: { code: "Throttling", status: 400 }, action: "ListAccessKeys" },
    {
      what: "a report that is under way",
      fault: { code: "ReportInProgress", status: 404 },
      action: "GetCredentialReport",
    },
    {
      what: "a job that is under way",
      fault: { xml: { JobStatus: "IN_PROGRESS" } },
      action: "GetServiceLastAccessedDetails",
    },
    {
      what: "an answer that was cut off",
      fault: { status: 200, body: "<ListUsersResponse>" },
      action: "GetAccountAuthorizationDetails",
    },
  ])("is $what: it is asked again", async ({ fault, action }) => {
    const all = await everything();
    const passing: EstateState["fault"] = (asked, times) => (asked.action === action && times <= 3 ? fault : undefined);
    const { tokens, coverage } = await collectFrom({ ...home(FULL), fault: passing }, { usage: true });

    expect({ tokens, coverage }).toEqual({ tokens: all.tokens, coverage: all.coverage });
  });

  it("is a job that is under way for longer than our client asks in one go", async () => {
    const all = await everything();
    const fault: EstateState["fault"] = ({ action }, times) =>
      action === "GetServiceLastAccessedDetails" && times <= 12 ? { xml: { JobStatus: "IN_PROGRESS" } } : undefined;
    const { tokens, coverage } = await collectFrom({ ...home(FULL), fault }, { usage: true });

    expect({ tokens, coverage }).toEqual({ tokens: all.tokens, coverage: all.coverage });
  });

  it.each(["ReportExpired", "ReportNotPresent"])("is a report that is not there: it is made (%s)", async (code) => {
    const fault: EstateState["fault"] = ({ action }, times) =>
      action === "GetCredentialReport" && times <= 5 ? { code, status: 410 } : undefined;
    const { coverage, actions } = await collectFrom({ ...home(FULL), fault });

    expect(gapsIn(coverage)).toEqual([]);
    expect(actions.filter((action) => action === "GenerateCredentialReport")).toHaveLength(2);
  });

  it.each([
    { code: "ReportInProgress", status: 404, action: "GetCredentialReport", gap: "failed: credential report" },
    { code: "ReportExpired", status: 410, action: "GetCredentialReport", gap: "failed: credential report" },
    { code: "Throttling", status: 400, action: "GetAccountSummary", gap: "failed: root user's credentials" },
  ])("does so in the end: $code for ever is told", async ({ code, status, action, gap }) => {
    const fault: EstateState["fault"] = (asked) => (asked.action === action ? { code, status } : undefined);
    const { coverage, actions } = await collectFrom({ ...home(FULL), fault });

    expect(gapsIn(coverage)).toEqual([gap]);
    expect(actions.filter((one) => one === action).length).toBeLessThan(60);
  });
});

describe("a job", () => {
  it.each([
    { what: "is under way for ever", status: "IN_PROGRESS", detail: "asked many times" },
    { what: "failed", status: "FAILED", detail: "its job failed" },
  ])("that $what is told, and asked for a bounded number of times", async ({ status, detail }) => {
    const fault: EstateState["fault"] = ({ action }) =>
      action === "GetServiceLastAccessedDetails" ? { xml: { JobStatus: status } } : undefined;
    const { coverage, actions } = await collectFrom({ ...home({ users: [ALICE] }), fault }, { usage: true });

    expect(coverage.filter(({ outcome }) => outcome === "failed")).toMatchObject([
      { subject: 'use of rights of "alice"', detail: expect.stringContaining(detail) },
    ]);
    expect(actions.filter((action) => action === "GetServiceLastAccessedDetails").length).toBeLessThan(60);
  });
});

describe("answers that nobody expects", () => {
  it.each([
    {
      what: "a day that is none",
      xml: { AccessKeyMetadata: [{ UserName: "alice", AccessKeyId: keyId("alice"), CreateDate: "yesterday" }] },
    },
    { what: "the keys of somebody else", xml: { AccessKeyMetadata: [{ UserName: "bob", AccessKeyId: keyId("bob") }] } },
    { what: "a key without an id", xml: { AccessKeyMetadata: [{ UserName: "alice", Status: "Active" }] } },
    {
      what: "a key with an id that is none",
      xml: { AccessKeyMetadata: [{ UserName: "alice", AccessKeyId: "a/../b c" }] },
    },
    { what: "more without a place", xml: { AccessKeyMetadata: [], IsTruncated: true } },
    { what: "the same place for ever", xml: { AccessKeyMetadata: [], IsTruncated: true, Marker: "x" } },
    { what: "a web page", status: 200, body: "<html>sign in</html>" },
    { what: "a refusal without a reason", status: 403, body: "" },
  ])("are told, and no token is lost in silence: $what", async ({ what: _, ...fault }) => {
    const strange: EstateState["fault"] = ({ action }) =>
      action === "ListAccessKeys" ? (fault as ReturnType<NonNullable<EstateState["fault"]>>) : undefined;
    const { tokens, coverage } = await collectFrom({ ...home({ users: [ALICE] }), fault: strange });

    expect(tokens.filter(({ kind }) => kind === "aws/access-key")).toEqual([]);
    expect(gapsIn(coverage)).toEqual([expect.stringMatching(/^(?:failed|denied): access keys of "alice"$/)]);
  });

  it("leave fields unknown: a status, a day of issue and a use that are not told", async () => {
    const fault: EstateState["fault"] = ({ action }) => {
      if (action === "ListAccessKeys")
        return { xml: { AccessKeyMetadata: [{ AccessKeyId: keyId("alice"), Status: "Dormant" }] } };
      return action === "GetAccessKeyLastUsed" ? { xml: {} } : undefined;
    };
    const { tokens } = await collectFrom({ ...home({ users: [ALICE] }), fault });

    expect(tokens.at(-1)?.unknown).toMatchObject({ status: "failed", created: "failed", last_used: "failed" });
  });

  it("do no harm by what they are called", async () => {
    const names = ["__proto__", "a\u001b[31mb", "x".repeat(3_000), '"><script>', "=cmd|x", "user,with;marks"];
    const users = names.map((name, at) => ({
      name,
      keys: [{ id: keyId(`h${at}`) }],
      tags: { __proto__x: "1", owner: name },
    }));
    const { tokens, coverage } = await collectFrom(home({ users }));

    expect(tokens.filter(({ kind }) => kind === "aws/access-key")).toHaveLength(names.length);
    expect(gapsIn(coverage)).toEqual([]);
  });
});

describe("last use", () => {
  it.each([
    {
      is: "unknown for a key that is older than what AWS keeps",
      key: { created: "2014-01-01T00:00:00Z" },
      found: { unknown: { last_used: "not-exposed" } },
    },
    {
      is: "never for a younger one",
      key: { created: "2029-01-01T00:00:00Z" },
      found: { last_used: null, precision: 14_400 },
    },
    {
      is: "a day",
      key: { used: "2029-12-31T23:59:59Z" },
      found: { last_used: "2029-12-31T23:59:59Z", precision: 14_400 },
    },
  ])("is $is", async ({ key, found }) => {
    const { tokens } = await collectFrom(home({ users: [{ ...ALICE, keys: [{ id: keyId("alice"), ...key }] }] }));

    expect(tokens.at(-1)).toMatchObject(found);
  });
});

describe("the root user", () => {
  const none = { AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0 };
  const one = { AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 0 };
  const rootOf = ({ tokens }: Awaited<ReturnType<typeof collectFrom>>) =>
    tokens.filter(({ principal }) => principal?.name === "root");

  it("without credentials has no token", async () => {
    expect(rootOf(await collectFrom(home({ summary: none })))).toEqual([]);
  });

  it("has a token for a key that the account counts and the report does not have yet", async () => {
    expect(rootOf(await collectFrom(home({ summary: one })))).toMatchObject([
      {
        id: `aws/${HOME}/root-access-key/root-1`,
        unknown: { status: "not-exposed", created: "not-exposed", last_used: "not-exposed" },
      },
    ]);
  });

  it("has the dates of the report, and what it may do is everything", async () => {
    const rootKeys: AccountState["rootKeys"] = [
      ["true", "2027-01-01T00:00:00+00:00", "2029-06-01T00:00:00+00:00"],
      ["false", "2026-01-01T00:00:00+00:00", "no_information"],
    ];

    expect(rootOf(await collectFrom(home({ summary: one, rootKeys })))).toMatchObject([
      {
        kind: "aws/root-access-key",
        status: "active",
        created: "2027-01-01T00:00:00Z",
        last_used: "2029-06-01T00:00:00Z",
        grants: [{ scope: "*", access: "admin" }],
        evidence: { api: "iam:GetCredentialReport", observed: "2029-12-31T22:00:00Z" },
      },
      { status: "disabled", unknown: { last_used: "not-exposed" } },
    ]);
  });
});

describe("credentials of services", () => {
  it("have their kinds, their ends, and no more than their service allows", async () => {
    const { tokens } = await collectFrom(home(FULL));
    const found = tokens.filter(({ kind }) => kind.startsWith("aws/service-credential"));

    expect(
      found.map(({ kind, expires, unknown, grants }) => ({
        kind,
        expires,
        unknown,
        scopes: grants?.map(({ scope }) => scope),
      })),
    ).toMatchObject([
      {
        kind: "aws/service-credential-bedrock",
        expires: null,
        unknown: { last_used: "not-exposed" },
        scopes: ["bedrock:*"],
      },
      { kind: "aws/service-credential-cloudwatch-logs", expires: "2030-02-01T00:00:00Z", scopes: ["logs:*"] },
      { kind: "aws/service-credential-codecommit", unknown: { rotated: "not-exposed" }, scopes: [] },
      { kind: "aws/service-credential-cassandra", unknown: { rotated: "not-exposed" }, scopes: [] },
    ]);
  });

  it.each(["ValidationError", "NotSupportedService"])(
    "are asked for user by user where AWS does not take it at once (%s)",
    async (code) => {
      const all = await collectFrom(home(FULL));
      const fault: EstateState["fault"] = ({ params }) => (params.AllUsers ? { code, status: 400 } : undefined);
      const { tokens, coverage } = await collectFrom({ ...home(FULL), fault });

      expect(gapsIn(coverage)).toEqual([]);
      expect(tokens).toEqual(all.tokens);
    },
  );

  it("of a service that nobody knows may do what their user may", async () => {
    const fault: EstateState["fault"] = ({ params }) =>
      params.AllUsers ? { code: "ValidationError", status: 400 } : undefined;
    const user = { ...ALICE, services: [{ id: "ACCANEW", service: "new.amazonaws.com" }] };
    const { tokens } = await collectFrom({ ...home({ users: [user] }), fault });

    expect(tokens.at(-1)).toMatchObject({ kind: "aws/service-credential", grants: [{ scope: "s3:GetObject" }] });
  });
});

describe("signing certificates", () => {
  it("are asked for where the report shows one, and that is told", async () => {
    const { tokens, coverage, asked } = await collectFrom(home(FULL));

    expect(
      asked.filter(({ action }) => action === "ListSigningCertificates").map(({ params }) => params.UserName),
    ).toEqual(["bob"]);
    expect(coverage).toContainEqual(
      expect.objectContaining({ outcome: "not-asked", subject: expect.stringContaining("signing certificates") }),
    );
    expect(tokens.find(({ kind }) => kind === "aws/signing-certificate")).toMatchObject({
      unknown: { expires: "failed" },
    });
  });

  it("are asked for with each user where the configuration says so, or there is no report", async () => {
    const fault: EstateState["fault"] = ({ action }) =>
      action === "GetCredentialReport" ? { code: "AccessDenied", status: 403 } : undefined;
    const all = await collectFrom(home(FULL), { signing_certificates: "all" });
    const without = await collectFrom({ ...home(FULL), fault });

    for (const { actions } of [all, without])
      expect(actions.filter((action) => action === "ListSigningCertificates")).toHaveLength(3);
  });
});

describe("several accounts", () => {
  const state: EstateState = {
    accounts: { [HOME]: { users: [ALICE] }, [OTHER]: { users: [{ name: "dora", keys: [{ id: keyId("dora") }] }] } },
    organization: [
      { Id: HOME, Name: "home", State: "ACTIVE" },
      { Id: "777788889999", Name: "old", State: "SUSPENDED" },
      { Id: "123412341234", Name: "older", Status: "PENDING_CLOSURE" },
      { Id: OTHER, Name: "other", State: "SOMETHING_NEW" },
      { Id: "000000000000", Name: "shut", State: "ACTIVE" },
    ],
  };
  const keysOf = ({ tokens }: Awaited<ReturnType<typeof collectFrom>>) =>
    tokens.filter(({ kind }) => kind === "aws/access-key").map(({ account }) => account);

  it("are those that are named, its own without a role; one that cannot be entered is told", async () => {
    const run = await collectFrom(state, {
      accounts: ["999999999999", HOME, OTHER],
      role: "audit/reader",
      external_id: "acme",
    });

    expect(keysOf(run)).toEqual([HOME, OTHER]);
    expect(run.coverage.filter(({ outcome }) => outcome === "denied")).toMatchObject([
      {
        account: "999999999999",
        subject: "account 999999999999",
        remedy: expect.stringContaining("sts:AssumeRole on arn:aws:iam::999999999999:role/audit/reader"),
      },
    ]);
    const assumed = run.asked.filter(({ action }) => action === "AssumeRole").map(({ params }) => params);
    expect(assumed.at(-1)).toEqual({
      RoleArn: `arn:aws:iam::${OTHER}:role/audit/reader`,
      RoleSessionName: "tokenward",
      ExternalId: "acme",
    });
  });

  it("are those of the organisation, page by page, but for those that are closed", async () => {
    const run = await collectFrom({ ...state, pageSize: 2 }, { organization: true });

    expect(keysOf(run)).toEqual([HOME, OTHER]);
    expect(
      run.coverage
        .filter(({ outcome }) => outcome === "not-asked")
        .map(({ subject, detail }) => `${subject}: ${detail}`),
    ).toEqual(
      expect.arrayContaining([
        'account 777788889999 "old": it is SUSPENDED',
        'account 123412341234 "older": it is PENDING_CLOSURE',
      ]),
    );
    expect(gapsIn(run.coverage)).toEqual(['denied: account 000000000000 "shut"']);
    expect(run.actions.filter((action) => action === "ListAccounts")).toHaveLength(3);
  });

  it.each([
    { what: "is refused", fault: { code: "AccessDeniedException", status: 400 }, outcome: "denied" },
    { what: "lists what is no account", fault: undefined, outcome: "failed" },
  ])("are told as a gap where the organisation $what", async ({ fault, outcome }) => {
    const strange = {
      ...state,
      organization: [{ Id: "none" }],
      ...(fault && { fault: ({ action }: { action: string }) => (action === "ListAccounts" ? fault : undefined) }),
    };

    expect(gapsIn((await collectFrom(strange, { organization: true })).coverage)).toEqual([
      `${outcome}: accounts of the organisation`,
    ]);
  });
});

describe("tokenward's own credential", () => {
  const LEAST = {
    attached: ["arn:aws:iam::aws:policy/SecurityAudit"],
    inline: { more: allow("sts:assumeRole", "iam:ListUsers") },
  };
  const userArn = `arn:aws:iam::${HOME}:user/collector`;

  it.each([
    { is: "the least", role: LEAST, extra: [] },
    {
      is: "more",
      role: { ...LEAST, inline: { more: allow("iam:*", "s3:GetObject") } },
      extra: ["iam:*", "s3:GetObject"],
    },
    {
      is: "everything",
      role: { attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      extra: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    },
  ])("is a session of its role, which may do $is", async ({ role, extra }) => {
    const { tokens } = await collectFrom(home({ roles: { tokenward: role } }));

    expect(tokens.find(({ kind }) => kind === "aws/session")).toMatchObject({
      id: `aws/${HOME}/session/role/tokenward`,
      principal: { type: "workload", id: `arn:aws:iam::${HOME}:role/tokenward` },
      status: "active",
      last_used: "2030-01-01T00:00:00Z",
      collector: { extra },
    });
  });

  it("is the key that is listed anyway, where it is a user's", async () => {
    const user = { name: "collector", keys: [{ id: USER_KEY }], inline: { own: allow("*") } };
    const { tokens, actions } = await collectFrom({
      ...home({ users: [ALICE, user] }),
      caller: { account: HOME, arn: userArn },
    });

    expect(tokens.map(({ kind, collector }) => [kind, collector?.extra])).toEqual([
      ["aws/access-key", undefined],
      ["aws/access-key", ["*"]],
    ]);
    expect(actions).not.toContain("GetRole");
  });
});

describe("use of rights", () => {
  it("is asked for each user with a credential, and only if it is wanted", async () => {
    const usage = [
      {
        ServiceName: "Amazon S3",
        ServiceNamespace: "s3",
        LastAuthenticated: "2029-12-01T00:00:00Z",
        TrackedActionsLastAccessed: [{ ActionName: "ListBucket", LastAccessedTime: "2029-12-01T00:00:00Z" }],
      },
    ];
    const { tokens, actions } = await collectFrom(home({ users: [ALICE, { name: "carol" }], usage }), { usage: true });

    expect(tokens.at(-1)).toMatchObject({ usage: { access: "read", since: "2029-10-01T12:00:00Z" } });
    expect(actions.filter((action) => action.includes("ServiceLastAccessed"))).toHaveLength(2);
    expect((await collectFrom(home({ users: [ALICE], usage }))).tokens.at(-1)).not.toHaveProperty("usage");
  });
});

describe("secrets", () => {
  it("are in nothing that comes out, wherever AWS puts them", async () => {
    const { privateKey } = generateKeyPairSync("ed25519", {
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const user = { ...ALICE, certificates: [{ id: "CERT1", body: privateKey }] };
    const fault: EstateState["fault"] = ({ action }) =>
      action === "GetAccountSummary"
        ? {
            status: 403,
            body: `<Error><Code>AccessDenied</Code><Message>canary/${"Secret".repeat(6)}</Message></Error>`,
          }
        : undefined;
    const state = { accounts: { [HOME]: { users: [user] }, [OTHER]: {} }, fault };
    const text = JSON.stringify(
      await collectFrom(state, { accounts: [HOME, OTHER] }).then(({ tokens, coverage }) => ({ tokens, coverage })),
    );

    expect(text).not.toContain("canary");
    expect(text).not.toContain(privateKey.split("\n")[1]);
    expect(text).not.toContain("PRIVATE KEY");
  });
});
