import { TokenwardError } from "../../model/errors.ts";
import type { Check, Context } from "../provider.ts";
import { organizationPages, targetFor } from "./accounts.ts";
import type { AwsConfig } from "./config.ts";
import { probes } from "./probes.ts";
import { ORGANIZATION_ACTION } from "./rights.ts";
import { callerOf, openSession, type Target } from "./session.ts";
import { refused, told } from "./told.ts";

/** What `doctor` asks: who tokenward is, which accounts it reaches, and each right once. */
export async function* check(config: AwsConfig, context: Context): AsyncIterable<Check> {
  const own = await signIn(config, context);
  if ("outcome" in own) {
    yield own;
    return;
  }
  yield {
    subject: "credential",
    outcome: "ok",
    detail: `it is ${own.caller.arn} in the account ${own.caller.account}`,
  };
  if (config.organization === true) {
    for await (const page of await organizationPages(own, config, context)) {
      yield told(`right ${ORGANIZATION_ACTION}`, page);
      break;
    }
    yield MEMBERS;
  }
  if (!config.accounts) yield* probes(own, config);
  for (const account of config.accounts ?? []) {
    const target = await targetFor(account, own, config, context);
    yield told(`account ${account}`, target);
    if (target.outcome === "read") yield* probes(target.output, config);
  }
}

const MEMBERS: Check = {
  subject: "accounts of the organisation",
  outcome: "unknown",
  detail: "whether the role can be assumed in each of them shows only in a run",
  remedy: "put the role into every account, and read the coverage of the first run",
};

async function signIn(config: AwsConfig, context: Context): Promise<Target | Check> {
  try {
    const session = await openSession(config, context);
    const caller = await callerOf(session);
    return caller.outcome === "read" ? { session, caller: caller.output } : refused("credential", caller, "failed");
  } catch (error) {
    if (!(error instanceof TokenwardError)) throw error;
    return { subject: "credential", outcome: "failed", detail: error.message, remedy: error.remedy };
  }
}
