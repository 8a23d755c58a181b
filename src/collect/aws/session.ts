import { TokenwardError } from "../../model/errors.ts";
import { shown } from "../../model/shown.ts";
import { headerSecretOf } from "../credential.ts";
import type { Context } from "../provider.ts";
import { type Answer, ask, garbled } from "./ask.ts";
import { type AwsConfig, DEFAULT_ROLE, iamArn, REGIONS, SOURCE } from "./config.ts";
import { handlerOver, throttling } from "./handler.ts";
import { UnreadableAnswer } from "./refusal.ts";
import { type Credentials, loadCredentialProviders, loadSdk, type Sdk } from "./sdk.ts";

/** What the SDK calls an identity: it signs with it. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** Who tokenward is at AWS. */
export interface Caller {
  account: string;
  arn: string;
  /** When the session ends; undefined: nobody said. */
  expiration?: Date;
}

/** One identity, and what it can ask. */
export interface Session {
  sdk: Sdk;
  iam: InstanceType<Sdk["iam"]["IAMClient"]>;
  sts: InstanceType<Sdk["sts"]["STSClient"]>;
  keys: () => Promise<Keys>;
  /** The keys that it begins with. */
  first: Keys;
  account: string | undefined;
}

/** An account that can be asked, and as whom. */
export interface Target {
  session: Session;
  caller: Caller;
}

/** The identity of the configuration; throws where there is none, or where AWS knows none. */
export async function openSession(config: AwsConfig, context: Context): Promise<Session> {
  const sdk = await loadSdk(config);
  const keys = await configuredKeys(config, context);
  return sessionOf({ sdk, keys, account: labelOf(config), first: await keys() }, config, context);
}

export async function callerOf({ sdk, sts }: Session): Promise<Answer<Caller>> {
  const answer = await ask("sts:GetCallerIdentity", () => sts.send(new sdk.sts.GetCallerIdentityCommand({})));
  if (answer.outcome !== "read") return answer;
  const { Account: account, Arn: arn } = answer.output;
  if (account === undefined || !/^\d{12}$/.test(account) || arn === undefined || !arn.startsWith("arn:")) {
    return garbled(`sts:GetCallerIdentity named the account ${shown(account)} and the identity ${shown(arn)}`);
  }
  return { outcome: "read", output: { account, arn } };
}

/** The same in another account, by a role that is assumed there. */
export async function assumed(
  base: Session,
  account: string,
  config: AwsConfig,
  context: Context,
): Promise<Answer<Target>> {
  const { sdk, sts } = base;
  const input = {
    RoleArn: iamArn(account, `role/${config.role ?? DEFAULT_ROLE}`, config),
    // Always the same: what was recorded is found again by it.
    RoleSessionName: "tokenward",
    ...(config.external_id === undefined ? {} : { ExternalId: config.external_id }),
  };
  const assume = async () => keysFrom((await sts.send(new sdk.sts.AssumeRoleCommand(input))).Credentials);
  const first = await ask(`sts:AssumeRole on ${input.RoleArn}`, assume);
  if (first.outcome !== "read") return first;
  let next: Keys | undefined = first.output;
  const keys = async () => {
    const ready = next ?? (await assume());
    next = undefined;
    return ready;
  };
  const { expiration } = first.output;
  const session = sessionOf({ sdk, keys, account, first: first.output }, config, context);
  const arn = `arn:${config.partition ?? "aws"}:sts::${account}:assumed-role/${nameOf(config)}/${input.RoleSessionName}`;
  return { outcome: "read", output: { session, caller: { account, arn, ...(expiration && { expiration }) } } };
}

/** The path of a role is no part of who acts as it. */
function nameOf({ role = DEFAULT_ROLE }: AwsConfig): string {
  return role.split("/").at(-1) ?? role;
}

/** What clients of the SDK are opened with: no retries of its own, everything through our client. */
export function clientOptions(
  { keys, first, account }: Pick<Opening, "keys" | "first" | "account">,
  { partition = "aws", base_url }: AwsConfig,
  { connect }: Context,
) {
  const secrets: string[] = [];
  const known = (next: Keys) => {
    for (const one of [next.secretAccessKey, next.sessionToken ?? ""]) if (!secrets.includes(one)) secrets.push(one);
    return next;
  };
  known(first);
  return {
    region: REGIONS[partition],
    // The keys of an assumed role are renewed in a long run.
    credentials: async () => known(await keys()),
    maxAttempts: 1,
    ...(base_url === undefined ? {} : { endpoint: base_url }),
    requestHandler: handlerOver((base) =>
      connect({ source: SOURCE, base, secrets, ...throttling, ...(account === undefined ? {} : { asker: account }) }),
    ),
  };
}

interface Opening {
  sdk: Sdk;
  keys: () => Promise<Keys>;
  first: Keys;
  /** What answers to it are kept under; undefined: there is only one. */
  account: string | undefined;
}

function sessionOf(opening: Opening, config: AwsConfig, context: Context): Session {
  const { sdk } = opening;
  const options = clientOptions(opening, config, context);
  return { ...opening, iam: new sdk.iam.IAMClient(options), sts: new sdk.sts.STSClient(options) };
}

/** Two sources may have credentials of two accounts. */
function labelOf({ credential }: AwsConfig): string | undefined {
  return credential && JSON.stringify(credential);
}

async function configuredKeys({ credential }: AwsConfig, context: Context): Promise<() => Promise<Keys>> {
  if (credential && "key_id" in credential) {
    const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
      headerSecretOf(SOURCE, credential.key_id, context),
      headerSecretOf(SOURCE, credential.secret, context),
      credential.session ? headerSecretOf(SOURCE, credential.session, context) : undefined,
    ]);
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    return async () => keys;
  }
  // Nobody is asked, so nobody has to prove anything.
  if (context.isReplayed) return async () => ({ accessKeyId: "replayed", secretAccessKey: "replayed" });
  const providers = await loadCredentialProviders();
  const find = providers.fromNodeProviderChain(credential ? { profile: credential.profile } : {});
  return async () => {
    try {
      return await find();
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      throw new TokenwardError("CREDENTIAL_REFUSED", { provider: SOURCE, reason: shown(cause.message) }, { cause });
    }
  };
}

function keysFrom(given: Partial<Credentials> | undefined): Keys {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new UnreadableAnswer("it holds no whole credential");
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration && { expiration: Expiration }),
  };
}
