import { isGone, isInvalid, type No, pagesOf, requireSame } from "./ask.ts";
import type { OnlyActions } from "./grants.ts";
import type { Own } from "./normalise.ts";
import { isNative, named, type Scan, strange } from "./scan.ts";
import type { ServiceSpecificCredentialMetadata } from "./sdk.ts";

export const SERVICE_CREDENTIALS = "service-specific credentials";
const ACTION = "iam:ListServiceSpecificCredentials";

/** A service that has credentials of its own. */
export interface Service {
  kind: string;
  /** What they can do at most, whatever their user may. */
  only: OnlyActions;
  /** Whether a credential can get a new secret under its old id, which nothing shows. */
  canReset: boolean;
}

export const SERVICES: Readonly<Record<string, Service>> = {
  "bedrock.amazonaws.com": {
    kind: "aws/service-credential-bedrock",
    only: ["bedrock:*", "bedrock-mantle:*"],
    canReset: false,
  },
  "logs.amazonaws.com": {
    kind: "aws/service-credential-cloudwatch-logs",
    only: ["logs:*", "cloudwatch:*"],
    canReset: false,
  },
  "codecommit.amazonaws.com": { kind: "aws/service-credential-codecommit", only: ["codecommit:*"], canReset: true },
  "cassandra.amazonaws.com": { kind: "aws/service-credential-cassandra", only: ["cassandra:*"], canReset: true },
};

/** One of a service that is not known here may do all that its user may. */
export const OTHER_SERVICE = "aws/service-credential";

export type ServiceRecord = Own & { only?: OnlyActions };

/** All users' credentials by user, in one list for each service; where AWS does not take that, user by user. */
export async function serviceCredentials(users: Iterable<string>, scan: Scan): Promise<Map<string, ServiceRecord[]>> {
  const found = new Map<string, ServiceRecord[]>();
  for (const ServiceName of Object.keys(SERVICES)) {
    const refused = await take({ AllUsers: true, MaxItems: 1_000, ServiceName }, found, scan);
    if (refused && isInvalid(refused)) {
      await byUser(users, found, scan);
      return found;
    }
    if (refused) scan.notes.refuse(SERVICE_CREDENTIALS, refused);
  }
  return found;
}

async function byUser(users: Iterable<string>, found: Map<string, ServiceRecord[]>, scan: Scan): Promise<void> {
  found.clear();
  for (const UserName of users) {
    const refused = await take({ UserName }, found, scan);
    if (refused && !isGone(refused)) scan.notes.refuse(SERVICE_CREDENTIALS, refused, UserName);
  }
}

async function take(
  input: { AllUsers: true; MaxItems: number; ServiceName: string } | { UserName: string },
  found: Map<string, ServiceRecord[]>,
  { session: { sdk, iam }, notes }: Scan,
): Promise<No | undefined> {
  const pages = pagesOf(ACTION, async (marker) => {
    const page = await iam.send(new sdk.iam.ListServiceSpecificCredentialsCommand({ ...input, ...marker }));
    for (const one of page.ServiceSpecificCredentials ?? [])
      if ("ServiceName" in input) requireSame("ServiceName", input.ServiceName, one.ServiceName);
      else requireSame("UserName", input.UserName, one.UserName);
    return page;
  });
  for await (const page of pages) {
    if (page.outcome !== "read") return page;
    notes.count(SERVICE_CREDENTIALS, 0, 1);
    for (const record of page.output.ServiceSpecificCredentials ?? []) {
      const { UserName: user = "", ServiceSpecificCredentialId: id } = record;
      if (isNative(id) && user !== "") add(found, user, recordFrom(id, user, record));
      else notes.refuse(SERVICE_CREDENTIALS, strange(ACTION, id));
    }
  }
  return undefined;
}

function add(found: Map<string, ServiceRecord[]>, user: string, record: ServiceRecord): void {
  const known = found.get(user) ?? [];
  if (!known.some(({ native }) => native === record.native)) found.set(user, [...known, record]);
}

function recordFrom(
  id: string,
  user: string,
  { Status, CreateDate, ExpirationDate, ServiceName }: ServiceSpecificCredentialMetadata,
): ServiceRecord {
  const service = Object.hasOwn(SERVICES, ServiceName ?? "") ? SERVICES[ServiceName ?? ""] : undefined;
  return {
    kind: service?.kind ?? OTHER_SERVICE,
    native: id,
    ...named(user, id),
    status: Status,
    created: CreateDate,
    rotated: service && !service.canReset ? { value: null } : { unknown: "not-exposed" },
    expires: { value: ExpirationDate ?? null },
    lastUsed: { unknown: "not-exposed" },
    api: ACTION,
    ...(service ? { only: service.only } : {}),
  };
}
