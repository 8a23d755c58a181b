import type { Provider } from "../provider.ts";
import { accountTokens } from "./account.ts";
import { targets } from "./accounts.ts";
import { CERTIFICATE } from "./certificates.ts";
import { check } from "./check.ts";
import { SESSION } from "./collector.ts";
import { type AwsConfig, SOURCE } from "./config.ts";
import { ACCESS_KEY } from "./keys.ts";
import { grant } from "./rights.ts";
import { ROOT_KEY } from "./root.ts";
import { gapOf, openNotes } from "./scan.ts";
import { OTHER_SERVICE, SERVICES } from "./service-credentials.ts";
import { callerOf, openSession } from "./session.ts";

export type { AwsConfig } from "./config.ts";

const FIELDS = {
  principal: "varies",
  owner: "varies",
  status: "known",
  created: "known",
  rotated: "known",
  expires: "known",
  last_used: "known",
  grants: "known",
  reach: "known",
  network: "known",
  environment: "varies",
} as const;
const ROOT_FIELDS = { ...FIELDS, principal: "known", owner: "not-exposed", environment: "not-exposed" } as const;
const SERVICE_FIELDS = { ...FIELDS, last_used: "not-exposed" } as const;
const RESETTABLE = { ...SERVICE_FIELDS, rotated: "not-exposed" } as const;

/** The long-lived credentials of AWS accounts, as IAM tells of them. */
export const aws = {
  id: SOURCE,
  title: "AWS accounts",
  kinds: [
    ACCESS_KEY,
    ROOT_KEY,
    ...Object.values(SERVICES).map(({ kind }) => kind),
    OTHER_SERVICE,
    CERTIFICATE,
    SESSION,
  ],
  rights:
    "a role with the managed policy SecurityAudit or the shorter policy below, assumed by OIDC or as the instance; for several accounts the same role in each",
  grant,
  hidden: [
    { subject: "temporary credentials of STS", why: "AWS lists no sessions" },
    {
      subject: "short-term API keys of Amazon Bedrock",
      why: "they are sessions of at most twelve hours, and AWS lists none",
    },
    { subject: "from where access keys were used", why: "only CloudTrail has the addresses" },
  ],
  fields: {
    [ACCESS_KEY]: FIELDS,
    [ROOT_KEY]: { ...ROOT_FIELDS, last_used: "varies" },
    ...Object.fromEntries(
      Object.values(SERVICES).map(({ kind, canReset }) => [kind, canReset ? RESETTABLE : SERVICE_FIELDS]),
    ),
    [OTHER_SERVICE]: RESETTABLE,
    [CERTIFICATE]: { ...SERVICE_FIELDS, expires: "varies" },
    [SESSION]: { ...FIELDS, created: "not-exposed", rotated: "not-exposed", expires: "varies" },
  },

  async *collect(config, context) {
    const session = await openSession(config, context);
    const caller = await callerOf(session);
    if (caller.outcome !== "read") {
      yield { coverage: gapOf(undefined, "credential", caller) };
      return;
    }
    for await (const one of targets({ session, caller: caller.output }, config, context)) {
      if ("coverage" in one) yield one;
      else {
        const { account } = one.target.caller;
        const notes = openNotes(account);
        yield* accountTokens(one.target.caller, { account, config, context, session: one.target.session, notes });
      }
    }
  },

  check,
} as const satisfies Provider<AwsConfig>;
