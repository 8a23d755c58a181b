import { describe, expect, it } from "vitest";
import type { Grant } from "../../src/model/documents.gen.ts";
import { powerOf } from "../../src/scopes/power.ts";
import { brief, power } from "./granting.ts";

type Case = [scope: string, expected: string, family?: string, rest?: Partial<Grant>];

/** For each provider first what nobody knows, then what looks less than it is, then the rest. */
const cases: Record<string, { family: string; rows: Case[] }> = {
  github: {
    family: "classic",
    rows: [
      ["brand:new", "unknown"],
      ["Repo", "unknown"],
      ["contents:write", "unknown"],
      ["brand_new:write", "unknown", "app", { access: "write" }],
      ["workflow", "write critical escalates"],
      ["write:org", "write high escalates"],
      ["admin:org", "admin critical escalates"],
      ["repo", "admin critical mints"],
      ["read:org", "read low"],
      ["members:write", "write critical escalates", "app"],
      ["members:read", "read low", "app"],
      ["administration:write", "write critical escalates mints", "app"],
      ["contents", "write high", "workflow", { access: "write" }],
      ["contents", "read medium", "workflow", { access: "read" }],
      ["contents", "write high", "workflow"],
      ["organization_projects", "admin medium", "app", { access: "admin" }],
      ["id-token", "write high mints", "workflow", { access: "write" }],
      ["write-all", "write critical mints", "workflow"],
    ],
  },
  gitlab: {
    family: "token",
    rows: [
      ["write_everything", "unknown"],
      ["user:", "write medium"],
      ["user:42", "write medium"],
      ["sudo", "admin critical escalates"],
      ["api", "admin critical escalates mints"],
      ["read_api", "read high"],
      ["self_rotate", "write medium"],
      ["access_level:50", "admin critical escalates mints", "role"],
      ["can_push:true", "write high", "deploy-key"],
    ],
  },
  aws: {
    family: "action",
    rows: [
      ["iam:NoSuchAction", "unknown"],
      ["nosuchservice:GetThing", "unknown"],
      ["nosuchservice:*", "unknown"],
      ["iam:NoSuch*", "unknown"],
      ["s3", "unknown"],
      ["s3:", "unknown"],
      ["arn:aws:iam::111122223333:policy/AdministratorAccess", "unknown", "managed-policy"],
      ["iam:PassRole", "write high"],
      ["iam:CreateAccessKey", "write critical mints"],
      ["IAM:createaccesskey", "write critical mints"],
      ["iam:AttachUserPolicy", "admin critical escalates"],
      ["signin:CreateOAuth2Token", "write high mints"],
      ["cloudfront:CreateInvalidation", "write medium"],
      ["s3:ListBucket", "read low"],
      ["s3:Listen", "write medium"],
      ["*", "admin critical escalates mints", "wildcard"],
      ["*:*", "admin critical escalates mints"],
      ["s3:*", "admin high", "wildcard"],
      ["s3:Get*", "read high"],
      ["S3:get?bject", "read high"],
      ["states:*", "write medium"],
      ["iam:*", "admin critical escalates mints"],
      ["i*:Attach*", "admin critical escalates"],
      ["arn:aws:iam::aws:policy/AdministratorAccess", "admin critical escalates mints", "managed-policy"],
      ["arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess", "read medium", "managed-policy"],
      ["ReadOnlyAccess", "read medium", "managed-policy"],
      ["arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword", "admin critical mints", "managed-policy"],
    ],
  },
  gcp: {
    family: "role",
    rows: [
      ["projects/acme/roles/own", "unknown"],
      ["roles/nosuch", "unknown"],
      ["storage.buckets.get", "unknown"],
      ["nosuch.things.get", "unknown", "permission"],
      ["storage.buckets", "unknown", "permission"],
      ["maps", "unknown", "oauth-scope"],
      ["roles/editor", "admin critical mints"],
      ["roles/owner", "admin critical escalates mints"],
      ["roles/viewer", "read high"],
      ["roles/iam.serviceAccountTokenCreator", "admin critical escalates"],
      ["roles/cloudbuild.tokenAccessor", "read high"],
      ["storage.buckets.getIamPolicy", "read low", "permission"],
      ["storage.folders.create", "write medium", "permission"],
      ["pubsub.things.setIamPolicy", "admin high", "permission"],
      ["iam.serviceAccounts.signJwt", "admin critical escalates", "permission"],
    ],
  },
  entra: {
    family: "graph",
    rows: [
      ["Nothing.ReadWrite.All", "unknown"],
      ["https://graph.microsoft.com/.default", "unknown"],
      ["BitlockerKey.Read.All", "unknown", "directory-role"],
      ["Application.ReadWrite.OwnedBy", "unknown", "graph-delegated"],
      ["RoleManagement.ReadWrite.Directory", "admin critical escalates"],
      ["rolemanagement.readwrite.directory", "admin critical escalates"],
      ["AppRoleAssignment.ReadWrite.All", "admin critical escalates"],
      ["https://graph.microsoft.com/Application.ReadWrite.All", "admin critical escalates mints"],
      ["Mail.Read", "read high"],
      ["Mail.Read", "read high", "graph-application"],
      ["Mail.Read", "read low", "graph-delegated"],
      ["62E90394-69F5-4237-9190-012177145E10", "admin critical escalates", "directory-role"],
    ],
  },
  kubernetes: {
    family: "rule",
    rows: [
      ["frob:pods", "unknown"],
      ["get,frob:pods", "unknown"],
      ["GET:secrets", "unknown"],
      ["team-deployer", "unknown", "clusterrole"],
      ["get:pods", "read low"],
      ["get:secrets", "read high"],
      ["get:core/secrets", "read high"],
      ["get:*/secrets", "read high"],
      ["list:secrets", "read critical"],
      ["watch:secrets", "read critical"],
      ["list:*", "read critical"],
      ["get:nodes/proxy", "admin critical escalates"],
      ["get:pods/*", "write high"],
      ["get,create:pods", "write high"],
      ["update:apps/deployments", "write high"],
      ["impersonate:users", "admin critical escalates"],
      ["bind:rbac.authorization.k8s.io/clusterroles", "admin critical escalates"],
      ["escalate:rbac.authorization.k8s.io/roles", "admin critical escalates"],
      ["create:serviceaccounts/token", "admin critical mints"],
      ["*:serviceaccounts", "admin critical escalates"],
      ["*:configmaps", "admin critical"],
      ["*:*/*", "admin critical escalates mints"],
      ["*:*", "admin critical escalates mints"],
      ["escalate", "admin critical escalates", "verb"],
      ["list", "read critical", "verb"],
      ["cluster-admin", "admin critical escalates", "clusterrole"],
      ["cluster-admin", "admin critical escalates", ""],
      ["get:secrets", "read high", ""],
      ["view", "read low", "clusterrole"],
    ],
  },
  vault: {
    family: "capability",
    rows: [
      ["frob", "unknown"],
      ["deploy", "unknown", "policy"],
      ["deny", "read low", "capability", { resource: "sys/raw/*" }],
      ["read", "read high", "capability", { resource: "secret/data/shop" }],
      ["read", "read medium", "capability", { resource: "auth/token/lookup-self" }],
      ["list", "read low", "capability", { resource: "secret/metadata/shop" }],
      ["sudo", "admin critical escalates", "capability", { resource: "secret/data/shop" }],
      ["update", "write medium", "capability", { resource: "secret/data/shop" }],
      ["update", "admin critical escalates", "capability", { resource: "sys/policies/acl/shop" }],
      ["update", "admin critical escalates", "capability", { resource: "sys/+/acl/shop" }],
      ["read", "read high", "capability", { resource: "sys/policies/acl/shop" }],
      ["create", "write high mints", "capability", { resource: "auth/token/create" }],
      ["update", "write high mints", "capability", { resource: "auth/approle/role/shop/secret-id" }],
      ["update", "write medium", "capability", { resource: "auth/approle/role/shop" }],
      ["create", "admin critical escalates mints", "capability", { resource: "*" }],
      ["root", "admin critical escalates mints", "policy"],
    ],
  },
  okta: {
    family: "oauth",
    rows: [
      ["okta.nosuch.manage", "unknown"],
      ["okta.users.manage", "admin critical escalates"],
      ["okta.logs.read", "read medium"],
      ["SUPER_ADMIN", "admin critical escalates mints", "ssws-owner-role"],
      ["REPORT_ADMIN", "read low", "ssws-owner-role"],
    ],
  },
  linode: {
    family: "scope",
    rows: [
      ["nosuch:read_only", "unknown"],
      ["*", "admin critical escalates mints"],
      ["linodes:*", "write high"],
    ],
  },
};

describe.each(Object.entries(cases))("%s", (provider, { family, rows }) => {
  it.each(rows)("%s is %s", (scope, expected, other = family, rest = {}) => {
    expect(brief(power(provider, other, scope, rest))).toBe(expected);
  });
});

describe("the record and the catalogue", () => {
  it.each([
    {
      what: "a catalogue that says less does not make a record's admin a read",
      scope: "read:org",
      access: "admin",
      expected: "admin high",
    },
    {
      what: "a record that says read does not make an admin scope a read",
      scope: "admin:org",
      access: "read",
      expected: "admin critical escalates",
    },
    { what: "the same word of both stays", scope: "gist", access: "write", expected: "write medium" },
  ] as const)("$what", ({ scope, access, expected }) => {
    expect(brief(power("github", "classic", scope, { access }))).toBe(expected);
  });

  it.each([
    { access: "read", risk: "high" },
    { access: "write", risk: "high" },
    { access: "unknown", risk: "high" },
  ] as const)("a scope that nobody knows keeps the record's $access and is not taken for small", ({ access, risk }) => {
    expect(power("github", "classic", "brand:new", { access })).toMatchObject({ isKnown: false, access, risk });
  });

  it.each([
    { access: "unknown", expected: "unknown" },
    { access: "read", expected: "read medium" },
    { access: "write", expected: "write high" },
    { access: "admin", expected: "admin high" },
  ] as const)("a provider without a catalogue is judged by its records: $access", ({ access, expected }) => {
    expect(brief(power("vercel", "", "(full)", { access }))).toBe(expected);
  });

  it("a family that the catalogue does not have leaves all its families possible, and the widest counts", () => {
    expect(brief(power("npm", "", "read-only"))).toBe("read low");
    expect(brief(power("npm", "", "read-write"))).toBe("admin high escalates");
    expect(brief(power("hcp-terraform", "no such family", "read"))).toBe("read medium");
  });
});

describe("hostile input", () => {
  it.each(["__proto__", "constructor", "hasOwnProperty", "../thresholds", "", "a/../aws", "AWS"])(
    "a provider called %j has no catalogue",
    (provider) => {
      expect(powerOf(provider, { family: "", scope: "x", access: "read", resource: "*" })).toMatchObject({
        risk: "medium",
      });
    },
  );

  it.each(["__proto__", "constructor", "toString", ":", `${"*".repeat(2_000)}x`, "a*".repeat(1_000)])(
    "a scope %j is known to nobody, and is answered at once",
    (scope) => {
      for (const provider of ["github", "aws", "gcp", "entra", "kubernetes", "vault", "slack"])
        expect(brief(power(provider, "", scope)), provider).toBe("unknown");
    },
  );

  it("remembers a bounded number of scopes, and says the same after it forgot", () => {
    const before = power("okta", "oauth", "okta.logs.read");

    for (let count = 0; count < 10_001; count++) power("okta", "oauth", `hostile-${count}`);
    for (let count = 0; count < 101; count++) power(`hostile-${count}`, "", "x");

    expect(power("okta", "oauth", "okta.logs.read")).toEqual(before);
  });
});
