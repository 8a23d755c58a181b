import { readFileSync } from "node:fs";

/** AWS's own description of IAM, cut down to what is asked. */
interface Shape {
  type: string;
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  enum?: string[];
  required?: string[];
  exception?: boolean;
}

interface Description {
  operations: Record<string, { output: { shape: string; resultWrapper: string } }>;
  shapes: Record<string, Shape>;
}

export const description = described("service-2") as Description;
export const examples = (described("examples-1") as { examples: Record<string, { output: object }[]> }).examples;

/** What the slice does not describe, in the same form. */
const MORE: Description = {
  operations: Object.fromEntries(
    [
      ["GetPolicy", "PolicyAnswer"],
      ["GetPolicyVersion", "VersionAnswer"],
      ["GetRole", "RoleAnswer"],
      ["ListAttachedRolePolicies", "AttachedAnswer"],
      ["ListRolePolicies", "NamesAnswer"],
      ["GetRolePolicy", "RolePolicyAnswer"],
      ["GenerateServiceLastAccessedDetails", "JobAnswer"],
      ["GetServiceLastAccessedDetails", "UsageAnswer"],
      ["GetCallerIdentity", "CallerAnswer"],
      ["AssumeRole", "AssumedAnswer"],
    ].map(([name = "", shape = ""]) => [name, { output: { shape, resultWrapper: `${name}Result` } }]),
  ),
  shapes: {
    PolicyAnswer: structure({ Policy: "PolicyOfAws" }),
    PolicyOfAws: structure({ Arn: "text", DefaultVersionId: "text" }),
    VersionAnswer: structure({ PolicyVersion: "PolicyVersion" }),
    RoleAnswer: structure({ Role: "RoleOfAccount" }),
    RoleOfAccount: structure({
      RoleName: "text",
      Arn: "text",
      Tags: "tagListType",
      PermissionsBoundary: "AttachedPermissionsBoundary",
    }),
    AttachedAnswer: structure({ AttachedPolicies: "attachedPoliciesListType", IsTruncated: "flag", Marker: "text" }),
    NamesAnswer: structure({ PolicyNames: "groupNameListType", IsTruncated: "flag", Marker: "text" }),
    RolePolicyAnswer: structure({ RoleName: "text", PolicyName: "text", PolicyDocument: "text" }),
    JobAnswer: structure({ JobId: "text" }),
    UsageAnswer: structure({
      JobStatus: "text",
      JobCreationDate: "dateType",
      ServicesLastAccessed: "UsedServices",
      IsTruncated: "flag",
      Marker: "text",
    }),
    UsedServices: { type: "list", member: { shape: "UsedService" } },
    UsedService: structure({
      ServiceName: "text",
      ServiceNamespace: "text",
      LastAuthenticated: "dateType",
      TrackedActionsLastAccessed: "UsedActions",
    }),
    UsedActions: { type: "list", member: { shape: "UsedAction" } },
    UsedAction: structure({ ActionName: "text", LastAccessedTime: "dateType" }),
    CallerAnswer: structure({ UserId: "text", Account: "text", Arn: "text" }),
    AssumedAnswer: structure({ Credentials: "Issued" }),
    Issued: structure({ AccessKeyId: "text", SecretAccessKey: "text", SessionToken: "text", Expiration: "dateType" }),
    text: { type: "string" },
    flag: { type: "boolean" },
  },
};

const shapes: Record<string, Shape> = { ...description.shapes, ...MORE.shapes };

/** The answer of an operation, in the XML that AWS's description asks for; a name that it does not have is a mistake of the test. */
export function answerXml(action: string, output: object): string {
  const operation = description.operations[action]?.output ?? MORE.operations[action]?.output;
  if (!operation) throw new Error(`the description has no ${action}`);
  const result = `<${operation.resultWrapper}>${render(operation.shape, output)}</${operation.resultWrapper}>`;
  const id = "<ResponseMetadata><RequestId>11111111-2222-3333-4444-555555555555</RequestId></ResponseMetadata>";
  return `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result}${id}</${action}Response>`;
}

export function errorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`;
}

function described(part: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/openapi/aws-iam.${part}.json`, import.meta.url), "utf8"));
}

function structure(members: Record<string, string>): Shape {
  return {
    type: "structure",
    members: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, { shape }])),
  };
}

function render(name: string, value: unknown): string {
  const shape = shapes[name];
  if (!shape) throw new Error(`the description has no shape ${name}`);
  if (shape.type === "structure") return renderMembers(name, shape, value as Record<string, unknown>);
  if (shape.type === "list")
    return (value as unknown[]).map((one) => `<member>${render(shape.member?.shape ?? "", one)}</member>`).join("");
  if (shape.type === "map")
    return Object.entries(value as object)
      .map(([key, one]) => `<entry><key>${escaped(key)}</key><value>${escaped(String(one))}</value></entry>`)
      .join("");
  if (shape.type === "blob") return Buffer.from(String(value)).toString("base64");
  return escaped(String(value));
}

function renderMembers(name: string, { members = {} }: Shape, value: Record<string, unknown>): string {
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => {
      const member = members[key];
      if (!member) throw new Error(`${name} has no member ${key}`);
      return `<${key}>${render(member.shape, one)}</${key}>`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}
