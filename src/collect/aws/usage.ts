import type { Grant } from "../../model/documents.gen.ts";
import { wider } from "../../scopes/level.ts";
import { isPattern } from "../../scopes/pattern.ts";
import { powerOf } from "../../scopes/power.ts";
import { type Answer, ask, isGone, type No, pagesOf, reasonOf } from "./ask.ts";
import type { Person } from "./directory.ts";
import type { Rights } from "./grants.ts";
import type { Bearer } from "./normalise.ts";
import type { Scan } from "./scan.ts";
import type { GetServiceLastAccessedDetailsResponse, ServiceLastAccessed } from "./sdk.ts";

const USAGE = "use of rights";

/** A service that a user had to do with, and what is known of its actions. */
export interface Used {
  service: string;
  /** Undefined: not in the time that AWS keeps. */
  last?: Date;
  actions: readonly { name: string; last?: Date }[];
}

/** The widest access that was seen used of a user's rights. */
export async function seenOf(person: Person, rights: Rights, scan: Scan): Promise<NonNullable<Bearer["seen"]>> {
  const used = await lastAccessed(person.arn, scan);
  if (used.outcome !== "read") {
    if (!isGone(used)) scan.notes.refuse(USAGE, used, person.name);
    return { unknown: reasonOf(used) };
  }
  return "grants" in rights ? widestSeen(used.output, rights.grants) : rights;
}

/**
 * The widest access among the actions that were seen. That it was only reading is sure only where every right to do more,
 * in a service that was used, is on an action that AWS keeps track of.
 */
export function widestSeen(used: readonly Used[], grants: readonly Grant[]): NonNullable<Bearer["seen"]> {
  const seen = used.flatMap(({ service, actions }) =>
    actions.filter(({ last }) => last).map(({ name }) => accessOf(`${service}:${name}`)),
  );
  const widest = seen.reduce((one, other) => wider(one, other), "unknown");
  if (widest === "unknown" || seen.includes("unknown")) return { unknown: "not-exposed" };
  if (widest !== "read") return { value: widest };
  const touched = used.filter(({ last }) => last);
  return grants.every((grant) => isTracked(grant, touched)) ? { value: "read" } : { unknown: "not-exposed" };
}

function isTracked({ family, scope, access }: Grant, touched: readonly Used[]): boolean {
  if (access === "read") return true;
  const [service = "", name = ""] = scope.toLowerCase().split(":");
  if (family !== "action" || isPattern(service)) return false;
  const found = touched.find((one) => one.service.toLowerCase() === service);
  // What was not touched at all was not written to either.
  return !found || found.actions.some((action) => action.name.toLowerCase() === name);
}

function accessOf(scope: string): Grant["access"] {
  return powerOf("aws", { family: "action", scope, access: "unknown", resource: "*" }).access;
}

/** As with the credential report: our client waits between the tries of each round, and in the end says that there is no answer yet. */
const ROUNDS = 8;
const ACTION = "iam:GetServiceLastAccessedDetails";

async function lastAccessed(arn: string, { session: { sdk, iam } }: Scan): Promise<Answer<Used[]>> {
  const job = await ask("iam:GenerateServiceLastAccessedDetails", () =>
    iam.send(new sdk.iam.GenerateServiceLastAccessedDetailsCommand({ Arn: arn, Granularity: "ACTION_LEVEL" })),
  );
  if (job.outcome !== "read") return job;
  const { JobId } = job.output;
  for (let round = 0; round < ROUNDS; round += 1) {
    const read = await readJob((marker) =>
      iam.send(new sdk.iam.GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1_000, ...marker })),
    );
    if (read.outcome === "read" || !read.isUnready) return read;
  }
  return without(`${ACTION} gave no answer although it was asked many times`);
}

function without(detail: string): No {
  return { outcome: "failed", detail, remedy: "run it again, or leave out `usage`" };
}

async function readJob(
  send: (marker: { Marker?: string }) => Promise<GetServiceLastAccessedDetailsResponse>,
): Promise<Answer<Used[]>> {
  const used: Used[] = [];
  for await (const page of pagesOf(ACTION, send)) {
    if (page.outcome !== "read") return page;
    const { JobStatus: status, ServicesLastAccessed } = page.output;
    if (status !== "COMPLETED") return without(`${ACTION} says that its job failed`);
    for (const one of ServicesLastAccessed ?? []) used.push(usedFrom(one));
  }
  return { outcome: "read", output: used };
}

function usedFrom(one: ServiceLastAccessed): Used {
  const { ServiceNamespace: service = "", LastAuthenticated: last, TrackedActionsLastAccessed: actions } = one;
  return {
    service,
    ...(last && { last }),
    actions: (actions ?? []).map(({ ActionName: name = "", LastAccessedTime: at }) => ({
      name,
      ...(at && { last: at }),
    })),
  };
}
