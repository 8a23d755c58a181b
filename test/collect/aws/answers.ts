import { reportOf } from "./report-lines.ts";
import { type AccountState, allow, arnOf, CREATED, encoded, type Holder, type UserState } from "./state.ts";

export type Params = Record<string, string | undefined>;

interface Question {
  action: string;
  params: Params;
  account: string;
  pageSize: number;
}

type Refusal = { code: string; status: number };

const GONE: Refusal = { code: "NoSuchEntity", status: 404 };

/** What IAM says of an account. */
export function accountAnswers(state: AccountState, question: Question): { xml: object } | Refusal {
  const answer = (ANSWERS[question.action] ?? (() => GONE))(state, question);
  return isRefusal(answer) ? answer : { xml: answer };
}

function isRefusal(answer: object): answer is Refusal {
  return "code" in answer && "status" in answer;
}

/** The role that tokenward collects with, where a test says nothing of it. */
const OWN_ROLE: NonNullable<AccountState["roles"]> = {
  tokenward: { attached: ["arn:aws:iam::aws:policy/SecurityAudit"] },
};

type Answering = (state: AccountState, question: Question) => object | Refusal;

const ANSWERS: Record<string, Answering> = {
  GetAccountSummary: ({ summary }) => ({
    SummaryMap: summary ?? { AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, Users: 1 },
  }),
  GenerateCredentialReport: () => ({ State: "COMPLETE" }),
  GetCredentialReport: (state, { account }) => ({
    Content: state.report ?? reportOf(state, account),
    ReportFormat: "text/csv",
    GeneratedTime: "2029-12-31T22:00:00Z",
  }),
  GetAccountAuthorizationDetails: details,
  ListUsers: (state, question) =>
    paged(
      "Users",
      (state.users ?? []).map(({ name }) => userOf(name, question.account)),
      question,
    ),
  ListAccessKeys: (state, question) => {
    const user = find(state, question);
    if (!user) return GONE;
    const keys = (user.keys ?? []).map(({ id, status = "Active", created = CREATED }) => ({
      UserName: user.name,
      AccessKeyId: id,
      Status: status,
      CreateDate: created,
    }));
    return paged("AccessKeyMetadata", keys, question);
  },
  GetAccessKeyLastUsed: ({ users = [] }, { params }) => {
    const isIts = ({ id }: { id: string }) => id === params.AccessKeyId;
    const user = users.find(({ keys = [] }) => keys.some(isIts));
    const used = user?.keys?.find(isIts)?.used;
    const last = { ServiceName: used ? "s3" : "N/A", Region: used ? "us-east-1" : "N/A", LastUsedDate: used };
    return user ? { UserName: user.name, AccessKeyLastUsed: last } : GONE;
  },
  ListServiceSpecificCredentials: services,
  ListSigningCertificates: (state, question) => {
    const user = find(state, question);
    if (!user) return GONE;
    const certificates = (user.certificates ?? []).map(
      ({ id, status = "Active", uploaded = CREATED, body = "none" }) => ({
        UserName: user.name,
        CertificateId: id,
        CertificateBody: body,
        Status: status,
        UploadDate: uploaded,
      }),
    );
    return paged("Certificates", certificates, question);
  },
  GetPolicy: ({ managed = {} }, { params }) =>
    nameOf(params.PolicyArn) in managed ? { Policy: { Arn: params.PolicyArn, DefaultVersionId: "v7" } } : GONE,
  GetPolicyVersion: ({ managed = {} }, { params }) => ({
    PolicyVersion: { Document: encoded(managed[nameOf(params.PolicyArn)]), VersionId: "v7", IsDefaultVersion: true },
  }),
  GetRole: ({ roles = OWN_ROLE }, { params, account }) => {
    const role = roles[params.RoleName ?? ""];
    if (!role) return GONE;
    return {
      Role: {
        RoleName: params.RoleName,
        Arn: `arn:aws:iam::${account}:role/${params.RoleName}`,
        Tags: tagsOf(role.tags),
        ...(role.boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: role.boundary } } : {}),
      },
    };
  },
  ListAttachedRolePolicies: ({ roles = OWN_ROLE }, { params }) => ({
    AttachedPolicies: attachedOf(roles[params.RoleName ?? ""]),
    IsTruncated: false,
  }),
  ListRolePolicies: ({ roles = OWN_ROLE }, { params }) => ({
    PolicyNames: Object.keys(roles[params.RoleName ?? ""]?.inline ?? {}),
    IsTruncated: false,
  }),
  GetRolePolicy: ({ roles = OWN_ROLE }, { params }) => ({
    RoleName: params.RoleName,
    PolicyName: params.PolicyName,
    PolicyDocument: encoded(roles[params.RoleName ?? ""]?.inline?.[params.PolicyName ?? ""]),
  }),
  GenerateServiceLastAccessedDetails: (_, { params }) => ({ JobId: `job-${params.Arn}` }),
  GetServiceLastAccessedDetails: ({ usage = [] }, question) => ({
    JobStatus: "COMPLETED",
    JobCreationDate: CREATED,
    ...paged("ServicesLastAccessed", usage, question),
  }),
};

/** Users, groups and policies in one list of pages, as AWS has it. */
function details(state: AccountState, question: Question): object {
  const { account } = question;
  const all = [
    ...(state.users ?? []).map((user) => ["UserDetailList", userDetail(user, account)] as const),
    ...Object.entries(state.groups ?? {}).map(
      ([name, group]) =>
        [
          "GroupDetailList",
          { GroupName: name, GroupPolicyList: inlineOf(group), AttachedManagedPolicies: attachedOf(group) },
        ] as const,
    ),
    ...Object.entries(state.policies ?? {}).map(
      ([name, document]) => ["Policies", localPolicy(name, document, account)] as const,
    ),
  ];
  const { items, ...marks } = paged("items", all, question) as { items: typeof all };
  return {
    ...Object.fromEntries(
      ["UserDetailList", "GroupDetailList", "Policies"].map((list) => [
        list,
        items.filter(([name]) => name === list).map(([, item]) => item),
      ]),
    ),
    ...marks,
  };
}

function services(state: AccountState, question: Question): object {
  const { UserName: user, ServiceName: service } = question.params;
  const all = (state.users ?? [])
    .filter(({ name }) => user === undefined || name === user)
    .flatMap(({ name, services: own = [] }) => own.map((one) => ({ name, ...one })))
    .filter((one) => service === undefined || one.service === service)
    .map(({ name, id, service: of, status = "Active", created = CREATED, expires }) => ({
      UserName: name,
      Status: status,
      ServiceCredentialAlias: `${name}-at-${HIDDEN}`,
      CreateDate: created,
      ExpirationDate: expires,
      ServiceSpecificCredentialId: id,
      ServiceName: of,
    }));
  return paged("ServiceSpecificCredentials", all, question);
}

/** Nothing reads it. */
const HIDDEN = "some-version";

function paged(list: string, all: readonly unknown[], { params, pageSize }: Question): object {
  const from = Number(params.Marker ?? 0);
  const to = from + Math.min(pageSize, Number(params.MaxItems ?? 100));
  return to < all.length
    ? { [list]: all.slice(from, to), IsTruncated: true, Marker: String(to) }
    : { [list]: all.slice(from), IsTruncated: false };
}

function find({ users = [] }: AccountState, { params }: Question): UserState | undefined {
  return users.find(({ name }) => name === params.UserName);
}

function userOf(name: string, account: string): object {
  return { Path: "/", UserName: name, UserId: `AIDA${name.length}`, Arn: arnOf(account, name), CreateDate: CREATED };
}

function userDetail(user: UserState, account: string): object {
  return {
    ...userOf(user.name, account),
    UserPolicyList: inlineOf(user),
    GroupList: user.groups ?? [],
    AttachedManagedPolicies: attachedOf(user),
    ...(user.boundary
      ? { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: user.boundary } }
      : {}),
    Tags: tagsOf(user.tags),
  };
}

function localPolicy(name: string, document: unknown, account: string): object {
  return {
    PolicyName: name,
    Arn: `arn:aws:iam::${account}:policy/${name}`,
    DefaultVersionId: "v2",
    PolicyVersionList: [
      { Document: encoded(allow("*")), VersionId: "v1", IsDefaultVersion: false },
      { Document: encoded(document), VersionId: "v2", IsDefaultVersion: true },
    ],
  };
}

function inlineOf({ inline = {} }: Holder): object[] {
  return Object.entries(inline).map(([name, document]) => ({ PolicyName: name, PolicyDocument: encoded(document) }));
}

function attachedOf(holder: Holder | undefined): object[] {
  return (holder?.attached ?? []).map((arn) => ({ PolicyName: nameOf(arn), PolicyArn: arn }));
}

function tagsOf(tags: Record<string, string> = {}): object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function nameOf(arn = ""): string {
  return arn.split("/").at(-1) ?? "";
}
