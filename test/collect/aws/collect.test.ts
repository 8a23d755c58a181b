import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { ALICE, FULL, home, keyId } from "./company.ts";
import { type EstateState, HOME } from "./estate.ts";
import type { AccountState } from "./state.ts";

const OTHER = "444455556666";

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
