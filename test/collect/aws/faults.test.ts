import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { ALICE, FULL, home, keyId } from "./company.ts";
import type { EstateState } from "./estate.ts";

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
