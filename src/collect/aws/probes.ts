import type { Check } from "../provider.ts";
import { type Answer, ask } from "./ask.ts";
import { identityOf, isListed, roleRights } from "./collector.ts";
import { type AwsConfig, iamArn } from "./config.ts";
import { openDocuments } from "./documents.ts";
import { comparison, USAGE_ACTIONS } from "./rights.ts";
import { openNotes } from "./scan.ts";
import type { Target } from "./session.ts";
import { told } from "./told.ts";

/** Each right asked for once, as little as AWS gives; what needs a user or a key to ask about is unknown where there is none. */
export async function* probes(target: Target, config: AwsConfig): AsyncIterable<Check> {
  yield* inBulk(target);
  yield* ofOneUser(target, config);
  yield* ofPolicies(target, config);
  yield* tooMany(target, config);
}

const ONE = { MaxItems: 1 };

async function* inBulk({ session: { sdk, iam } }: Target): AsyncIterable<Check> {
  yield tried("iam:GetAccountSummary", () => iam.send(new sdk.iam.GetAccountSummaryCommand({})));
  yield tried("iam:GenerateCredentialReport", () => iam.send(new sdk.iam.GenerateCredentialReportCommand({})));
  yield unasked("iam:GetCredentialReport", "the report has every user in it, so that only a run asks for it");
  yield tried("iam:GetAccountAuthorizationDetails", () =>
    iam.send(new sdk.iam.GetAccountAuthorizationDetailsCommand({ Filter: ["User"], ...ONE })),
  );
  const input = { AllUsers: true, ServiceName: "bedrock.amazonaws.com", ...ONE };
  yield tried("iam:ListServiceSpecificCredentials", () =>
    iam.send(new sdk.iam.ListServiceSpecificCredentialsCommand(input)),
  );
}

async function* ofOneUser({ session: { sdk, iam } }: Target, config: AwsConfig): AsyncIterable<Check> {
  const users = await ask("iam:ListUsers", () => iam.send(new sdk.iam.ListUsersCommand(ONE)));
  yield right("iam:ListUsers", users);
  const { UserName, Arn } = (users.outcome === "read" ? users.output.Users?.[0] : undefined) ?? {};
  if (UserName === undefined) {
    for (const action of OF_USERS) yield unasked(action, NOBODY);
    return;
  }
  const keys = await ask("iam:ListAccessKeys", () => iam.send(new sdk.iam.ListAccessKeysCommand({ UserName, ...ONE })));
  yield right("iam:ListAccessKeys", keys);
  const AccessKeyId = keys.outcome === "read" ? keys.output.AccessKeyMetadata?.[0]?.AccessKeyId : undefined;
  const lastUsed = "iam:GetAccessKeyLastUsed";
  yield AccessKeyId === undefined
    ? unasked(lastUsed, "the user who was looked at has no access key")
    : tried(lastUsed, () => iam.send(new sdk.iam.GetAccessKeyLastUsedCommand({ AccessKeyId })));
  yield tried("iam:ListSigningCertificates", () =>
    iam.send(new sdk.iam.ListSigningCertificatesCommand({ UserName, ...ONE })),
  );
  if (config.usage === true && Arn !== undefined) yield* ofUsage(Arn, { sdk, iam });
}

const OF_USERS = ["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:ListSigningCertificates"];
const NOBODY = "there is no user to ask about, or none is shown";

async function* ofUsage(Arn: string, { sdk, iam }: Pick<Target["session"], "sdk" | "iam">): AsyncIterable<Check> {
  const [generate, get] = USAGE_ACTIONS;
  yield tried(generate, () => iam.send(new sdk.iam.GenerateServiceLastAccessedDetailsCommand({ Arn })));
  yield unasked(get, "it is asked for in a run, some seconds after its job was begun");
}

async function* ofPolicies({ session: { sdk, iam } }: Target, config: AwsConfig): AsyncIterable<Check> {
  const PolicyArn = iamArn("aws", "policy/SecurityAudit", config);
  const policy = await ask("iam:GetPolicy", () => iam.send(new sdk.iam.GetPolicyCommand({ PolicyArn })));
  yield right("iam:GetPolicy", policy);
  const VersionId = policy.outcome === "read" ? policy.output.Policy?.DefaultVersionId : undefined;
  const version = "iam:GetPolicyVersion";
  yield VersionId === undefined
    ? unasked(version, "no policy was shown to ask about")
    : tried(version, () => iam.send(new sdk.iam.GetPolicyVersionCommand({ PolicyArn, VersionId })));
}

/** What it may do beyond the least, where its own policies can be read without reading the account's. */
async function* tooMany({ session, caller }: Target, config: AwsConfig): AsyncIterable<Check> {
  const subject = "rights too many";
  const { type, name, arn } = identityOf(caller.arn);
  if (type !== "role") {
    const detail = `${arn} is no role, and ${isListed(caller) ? "a key that lasts" : "a session"}; a run compares its rights`;
    yield { subject, outcome: "unknown", detail, remedy: "collect with a role instead" };
    return;
  }
  const notes = openNotes(caller.account);
  const policy = { groups: new Map(), documentOf: openDocuments(session, new Map()) };
  const scan = { account: caller.account, config, context: { asOf: "" }, session, notes };
  const { rights } = await roleRights(name, arn, policy, scan);
  for (const { detail = "", remedy = "" } of notes.close())
    yield { subject: "right to read its own role", outcome: "missing", detail, remedy };
  if ("unknown" in rights) return;
  const { extra } = comparison(rights);
  for (const scope of extra.slice(0, MOST_TOLD)) {
    const detail = `${arn} holds ${scope}, which collecting does not take`;
    yield { subject: `right ${scope}`, outcome: "extra", detail, remedy: `take ${scope} from the role ${name}` };
  }
  if (extra.length > MOST_TOLD)
    yield {
      subject,
      outcome: "extra",
      detail: `${arn} holds ${extra.length - MOST_TOLD} more`,
      remedy: "give it the policy of the set-up page alone",
    };
  if (extra.length === 0) yield { subject, outcome: "ok", detail: `${arn} holds no more than collecting takes` };
}

const MOST_TOLD = 20;

async function tried(action: string, send: () => Promise<unknown>): Promise<Check> {
  return right(action, await ask(action, send));
}

function right(action: string, answer: Answer<unknown>): Check {
  return told(`right ${action}`, answer);
}

function unasked(action: string, detail: string): Check {
  return { subject: `right ${action}`, outcome: "unknown", detail, remedy: `see that the policy allows ${action}` };
}
