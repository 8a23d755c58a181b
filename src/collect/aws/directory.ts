import { type No, pagesOf } from "./ask.ts";
import type {
  AttachedPolicy,
  GetAccountAuthorizationDetailsResponse,
  ManagedPolicyDetail,
  PolicyDetail,
  Tag,
  UserDetail,
} from "./sdk.ts";
import type { Session } from "./session.ts";

/** A user, as far as its account tells. */
export interface Person {
  name: string;
  arn: string;
  /** Undefined: the tags were not shown. */
  tags?: Readonly<Record<string, string>>;
  /** Undefined: the policies were not shown. */
  policies?: Policies;
}

/** Documents as AWS writes them: URL-encoded JSON. */
export interface Policies {
  inline: readonly string[];
  /** ARNs. */
  attached: readonly string[];
  groups: readonly string[];
  /** The ARN of the policy that caps all others. */
  boundary?: string;
}

/** The users of one account with all that gives them rights. */
export interface Directory {
  people: Map<string, Person>;
  groups: Map<string, Pick<Policies, "inline" | "attached">>;
  /** The default versions of the account's own policies, by ARN. */
  documents: Map<string, string>;
  /** Users who were listed without a name or an ARN. */
  nameless: number;
  /** Why policies and tags are not known; of the users some may still be. */
  refused?: No;
}

/** All of it in as few answers as there are; roles hold no token, and policies of AWS are in the catalogue. */
export async function readDirectory({ sdk, iam }: Session): Promise<Directory> {
  const directory: Directory = { people: new Map(), groups: new Map(), documents: new Map(), nameless: 0 };
  const { GetAccountAuthorizationDetailsCommand: Details } = sdk.iam;
  const pages = pagesOf("iam:GetAccountAuthorizationDetails", (marker) =>
    iam.send(new Details({ Filter: ["User", "Group", "LocalManagedPolicy"], MaxItems: MOST_ITEMS, ...marker })),
  );
  for await (const page of pages) {
    if (page.outcome !== "read") return { ...directory, people: withoutPolicies(directory.people), refused: page };
    take(page.output, directory);
  }
  return directory;
}

/** The users alone, where the details are not shown. */
export async function listUsers({ sdk, iam }: Session, directory: Directory): Promise<No | undefined> {
  const pages = pagesOf("iam:ListUsers", (marker) =>
    iam.send(new sdk.iam.ListUsersCommand({ MaxItems: MOST_ITEMS, ...marker })),
  );
  for await (const page of pages) {
    if (page.outcome !== "read") return page;
    for (const { UserName: name, Arn: arn } of page.output.Users ?? []) known(name, arn, directory);
  }
  return undefined;
}

/** The most that AWS hands out at a time; it may be fewer. */
const MOST_ITEMS = 1_000;

function take(page: GetAccountAuthorizationDetailsResponse, directory: Directory): void {
  const { UserDetailList = [], GroupDetailList = [], Policies = [] } = page;
  for (const user of UserDetailList) takeUser(user, directory);
  for (const { GroupName: name, GroupPolicyList, AttachedManagedPolicies } of GroupDetailList) {
    const group = { inline: documentsOf(GroupPolicyList), attached: arnsOf(AttachedManagedPolicies) };
    if (name !== undefined) directory.groups.set(name, group);
  }
  for (const policy of Policies) takePolicy(policy, directory);
}

function takeUser(user: UserDetail, directory: Directory): void {
  const person = known(user.UserName, user.Arn, directory);
  if (person) directory.people.set(person.name, personFrom(person, user));
}

/** The user as one of the account; who has no name cannot be asked about. */
function known(name: string | undefined, arn: string | undefined, directory: Directory): Person | undefined {
  if (name === undefined || arn === undefined) {
    directory.nameless += 1;
    return undefined;
  }
  const person = directory.people.get(name) ?? { name, arn };
  directory.people.set(name, person);
  return person;
}

function takePolicy({ Arn: arn, PolicyVersionList }: ManagedPolicyDetail, { documents }: Directory): void {
  const document = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
  if (arn !== undefined && document !== undefined) documents.set(arn, document);
}

function personFrom({ name, arn }: Person, user: UserDetail): Person {
  const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    name,
    arn,
    tags: tagsFrom(user.Tags),
    policies: {
      inline: documentsOf(user.UserPolicyList),
      attached: arnsOf(user.AttachedManagedPolicies),
      groups: user.GroupList ?? [],
      ...(boundary === undefined ? {} : { boundary }),
    },
  };
}

/** Keys that no reader takes are left out; AWS lets nobody have more than fifty. */
export function tagsFrom(tags: readonly Tag[] | undefined): Record<string, string> {
  const kept = (tags ?? []).flatMap(({ Key, Value }) =>
    Key === undefined || Value === undefined || REFUSED.has(Key) ? [] : [[Key, Value.slice(0, 4_096)] as const],
  );
  return Object.fromEntries(kept.slice(0, 256));
}

const REFUSED = new Set(["__proto__", "constructor", "prototype"]);

/** A policy without its text must not pass for none: an empty text is no policy document either. */
function documentsOf(policies: readonly PolicyDetail[] | undefined): string[] {
  return (policies ?? []).map(({ PolicyDocument = "" }) => PolicyDocument);
}

function arnsOf(policies: readonly AttachedPolicy[] | undefined): string[] {
  return (policies ?? []).map(({ PolicyArn = "" }) => PolicyArn);
}

/** Of a half-read directory nobody's policies are surely whole. */
function withoutPolicies(people: Directory["people"]): Directory["people"] {
  return new Map([...people].map(([key, { name, arn }]) => [key, { name, arn }]));
}
