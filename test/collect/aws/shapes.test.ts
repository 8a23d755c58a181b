import { describe, expect, it } from "vitest";
import { collectFrom, gapsIn } from "./collecting.ts";
import { type EstateState, type Fault, HOME } from "./estate.ts";
import { allow, CREATED, encoded } from "./state.ts";
import { description, examples } from "./xml.ts";

const ARN = `arn:aws:iam::${HOME}:user/deploy`;
const BEDROCK = "bedrock.amazonaws.com";

/** One full answer of each list, after AWS's description. */
const samples = [
  {
    action: "ListAccessKeys",
    list: "AccessKeyMetadata",
    shape: "AccessKeyMetadata",
    sample: { UserName: "deploy", AccessKeyId: "AKIA111111111EXAMPLE", Status: "Active", CreateDate: CREATED },
  },
  {
    action: "ListServiceSpecificCredentials",
    list: "ServiceSpecificCredentials",
    shape: "ServiceSpecificCredentialMetadata",
    sample: {
      UserName: "deploy",
      Status: "Active",
      ServiceUserName: "deploy-at-1",
      ServiceCredentialAlias: "deploy-1",
      CreateDate: CREATED,
      ExpirationDate: "2030-06-01T00:00:00Z",
      ServiceSpecificCredentialId: "ACCA1",
      ServiceName: BEDROCK,
    },
  },
  {
    action: "ListSigningCertificates",
    list: "Certificates",
    shape: "SigningCertificate",
    sample: { UserName: "deploy", CertificateId: "CERT1", CertificateBody: "x", Status: "Active", UploadDate: CREATED },
  },
  {
    action: "GetAccountAuthorizationDetails",
    list: "UserDetailList",
    shape: "UserDetail",
    sample: {
      Path: "/",
      UserName: "deploy",
      UserId: "AIDA1",
      Arn: ARN,
      CreateDate: CREATED,
      UserPolicyList: [{ PolicyName: "own", PolicyDocument: encoded(allow("s3:GetObject")) }],
      GroupList: [],
      AttachedManagedPolicies: [{ PolicyName: "x", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
      Tags: [{ Key: "owner", Value: "team" }],
    },
  },
] as const;

const account = {
  users: [{ name: "deploy", keys: [{ id: "AKIA111111111EXAMPLE" }], certificates: [{ id: "CERT1" }] }],
};

/** What comes of it when one list holds this one item. */
async function given(action: string, list: string, item: object) {
  const fault: EstateState["fault"] = (asked) => {
    const isAsked = asked.action === action && (asked.params.ServiceName ?? BEDROCK) === BEDROCK;
    return isAsked ? { xml: { [list]: [item] } } : undefined;
  };
  return collectFrom({ accounts: { [HOME]: account }, fault });
}

describe.each(samples)("$action", ({ action, list, shape, sample }) => {
  it("is tried with every field that AWS describes, but for those that need no test", () => {
    const described = Object.keys(description.shapes[shape]?.members ?? {});

    expect(described.filter((name) => !(name in sample))).toEqual(
      shape === "UserDetail" ? ["PermissionsBoundary"] : [],
    );
  });

  it.each(Object.keys(sample))("is read without %s, or what is lost is told", async (field) => {
    const whole = await given(action, list, sample);
    const { [field]: _, ...item } = sample as Record<string, unknown>;
    const { tokens, coverage } = await given(action, list, item);

    if (tokens.length < whole.tokens.length) expect(gapsIn(coverage)).not.toEqual([]);
  });

  it.each(Object.entries(sample).filter(([, value]) => typeof value === "string"))(
    "is read with a strange %s",
    async (field) => {
      const { tokens, coverage } = await given(action, list, { ...sample, [field]: "\u202eunheard of\n" });

      expect(tokens.length + gapsIn(coverage).length).toBeGreaterThan(0);
    },
  );
});

describe("AWS's own examples", () => {
  const outputOf = (name: string) => (examples[name]?.[0]?.output ?? {}) as Record<string, object[]>;
  const named = (name: string, list: string, user: string | undefined): Fault => ({
    xml: { [list]: outputOf(name)[list]?.map((one) => ({ ...one, UserName: user })) },
  });
  const gone: Fault = { code: "NoSuchEntity", status: 404 };
  const answers: Record<string, (user: string | undefined) => Fault> = {
    GetAccountAuthorizationDetails: () => ({ code: "AccessDenied", status: 403 }),
    ListUsers: () => ({ xml: outputOf("ListUsers") }),
    GetAccountSummary: () => ({ xml: outputOf("GetAccountSummary") }),
    ListAccessKeys: (user) => (user === "Juan" ? named("ListAccessKeys", "AccessKeyMetadata", user) : gone),
    ListSigningCertificates: (user) =>
      user === "Anika" ? named("ListSigningCertificates", "Certificates", user) : gone,
    GetAccessKeyLastUsed: () => ({ xml: { AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } } }),
  };

  it("are read", async () => {
    const fault: EstateState["fault"] = ({ action, params }) => answers[action]?.(params.UserName);
    const { tokens } = await collectFrom({ accounts: { [HOME]: {} }, fault });

    expect(tokens.map(({ id, created, last_used }) => [id.split("/").slice(2).join("/"), created, last_used])).toEqual([
      ["root-access-key/root-1", undefined, undefined],
      ["session/role/tokenward", undefined, "2030-01-01T00:00:00Z"],
      ["access-key/AKIA111111111EXAMPLE", "2016-12-01T22:19:58Z", null],
      ["access-key/AKIA222222222EXAMPLE", "2016-12-01T22:20:01Z", null],
      ["signing-certificate/TA7SMP42TDN5Z26OBPJE7EXAMPLE", "2013-06-06T21:40:08Z", undefined],
    ]);
  });
});
