import { TokenwardError } from "../../model/errors.ts";
import { type AwsConfig, SOURCE } from "./config.ts";

export type {
  AttachedPolicy,
  GetAccountAuthorizationDetailsResponse,
  GetServiceLastAccessedDetailsResponse,
  ManagedPolicyDetail,
  PolicyDetail,
  ServiceLastAccessed,
  ServiceSpecificCredentialMetadata,
  Tag,
  UserDetail,
} from "@aws-sdk/client-iam";
export type { Credentials } from "@aws-sdk/client-sts";

/** The parts of the AWS SDK that every source takes. */
export interface Sdk {
  iam: typeof import("@aws-sdk/client-iam");
  sts: typeof import("@aws-sdk/client-sts");
}

/** The SDK is no dependency of tokenward: who reads AWS installs it beside. */
export async function loadSdk(config: AwsConfig): Promise<Sdk> {
  const packages = packagesFor(config).join(" ");
  const [iam, sts] = await Promise.all([
    installed(packages, () => import("@aws-sdk/client-iam")),
    installed(packages, () => import("@aws-sdk/client-sts")),
  ]);
  return { iam, sts };
}

/** Only for organisations. */
export function loadOrganizations(): Promise<typeof import("@aws-sdk/client-organizations")> {
  return installed("@aws-sdk/client-organizations", () => import("@aws-sdk/client-organizations"));
}

/** Only where the SDK has to find the credential. */
export function loadCredentialProviders(): Promise<typeof import("@aws-sdk/credential-providers")> {
  return installed("@aws-sdk/credential-providers", () => import("@aws-sdk/credential-providers"));
}

export async function installed<Module>(packages: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new TokenwardError("SDK_MISSING", { provider: SOURCE, packages }, { cause });
  }
}

/** All at once, so that nobody is sent to install twice. */
export function packagesFor({ credential, organization }: AwsConfig): string[] {
  return [
    "@aws-sdk/client-iam",
    "@aws-sdk/client-sts",
    ...(organization === true ? ["@aws-sdk/client-organizations"] : []),
    ...(credential && "key_id" in credential ? [] : ["@aws-sdk/credential-providers"]),
  ];
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
}
