import type { Refused } from "../../net/http.ts";
import type { Check } from "../provider.ts";
import { scopesOf } from "./grants.ts";
import { readRecord } from "./list.ts";
import { leastOf } from "./own.ts";
import type { Session } from "./session.ts";
import { type GroupRef, SHOWS_PEOPLE, type Top, topOf } from "./top.ts";
import { idOf, type Wire } from "./wire.ts";

/** What the credential is, what it reaches, and what it has too little or too much of; no token but the credential's own is read. */
export async function* checkAccess(session: Session): AsyncIterable<Check> {
  const { group, instance } = session.config;
  const self = await readRecord(session.http, { path: "personal_access_tokens/self" });
  if ("refused" in self) {
    yield unreadable(self.refused);
    // A server from before that question may still answer the others.
    if (self.refused.outcome === "denied") return;
  } else {
    yield {
      subject: "credential",
      outcome: "ok",
      detail: `access token ${idOf(self.record.id) ?? "without a number"}`,
    };
    yield* scopes(self.record, session);
  }
  const user = "record" in self ? idOf(self.record.user_id) : undefined;
  if (instance) yield* administrator(session);
  else if (group === undefined) yield plainUser();
  else for (const ref of [group].flat()) yield* groupReached(session, ref, user);
}

function unreadable({ outcome, detail, remedy }: Refused): Check {
  if (outcome === "absent") {
    const upgrade =
      "correct base_url where it is no GitLab, and use an access token; releases before 15.5 cannot tell about one";
    return { subject: "credential", outcome: "unknown", detail, remedy: upgrade };
  }
  const renew = outcome === "denied" ? "use an access token that is active and was not revoked" : remedy;
  return { subject: "credential", outcome: "failed", detail, remedy: renew };
}

function* scopes(record: Wire, { config }: Session): Iterable<Check> {
  const held = scopesOf(record.scopes);
  if (!held) {
    const remedy = "look at the token's scopes in GitLab";
    yield {
      subject: "scopes",
      outcome: "unknown",
      detail: "GitLab does not tell the scopes of the credential",
      remedy,
    };
    return;
  }
  yield held.some((scope) => scope === "read_api" || scope === "api")
    ? { subject: "scope read_api", outcome: "ok", detail: `held as ${held.join(", ")}` }
    : {
        subject: "scope read_api",
        outcome: "missing",
        detail: "without it every listing is refused but that of the credential itself",
        remedy: "issue the token anew with the scope read_api",
      };
  const least = leastOf(config);
  for (const scope of new Set(held)) {
    if (least.includes(scope)) continue;
    const detail = "collecting does not take it";
    yield { subject: `scope ${scope}`, outcome: "extra", detail, remedy: `issue the token anew without ${scope}` };
  }
}

/** Counts of what the instance holds are told to administrators alone. */
async function* administrator(session: Session): AsyncIterable<Check> {
  const subject = `instance ${session.host}`;
  const answer = await readRecord(session.http, { path: "application/statistics" });
  if ("record" in answer) {
    yield { subject, outcome: "ok", detail: "the credential has an administrator's rights" };
    return;
  }
  const { refused } = answer;
  if (refused.outcome === "failed")
    yield { subject, outcome: "failed", detail: refused.detail, remedy: refused.remedy };
  else {
    yield {
      subject,
      outcome: "missing",
      detail: "no administrator's rights: other people's tokens, deploy tokens, deploy keys and runners stay hidden",
      remedy: "use an administrator's token with read_api, and admin_mode where Admin Mode is on",
    };
  }
}

function plainUser(): Check {
  return {
    subject: "projects",
    outcome: "ok",
    detail: "the user's own tokens are read, and the projects where that user is at least a Maintainer",
  };
}

async function* groupReached(session: Session, ref: GroupRef, user: string | undefined): AsyncIterable<Check> {
  const subject = `group ${ref}`;
  const top = await topOf(session, ref);
  if ("coverage" in top) {
    const { outcome, detail = "", remedy = "" } = top.coverage;
    yield { subject, outcome: outcome === "denied" ? "missing" : "failed", detail, remedy };
    return;
  }
  yield { subject, outcome: "ok", detail: `found as ${top.unit.path}, number ${top.unit.id}` };
  yield await role(session, top, user);
  yield people(top);
}

const OWNER = 50;
const MAINTAINER = 40;

async function role({ http }: Session, { unit }: Top, user: string | undefined): Promise<Check> {
  const subject = `role in ${unit.path}`;
  const remedy = "make the credential's user an Owner of the group";
  const path = `groups/${unit.id}/members/all/${user}`;
  const answer = user === undefined ? undefined : await readRecord(http, { path });
  const level = answer && "record" in answer ? answer.record.access_level : undefined;
  if (typeof level !== "number") {
    const detail = "GitLab does not tell which role the credential's user has there";
    return { subject, outcome: "unknown", detail, remedy };
  }
  if (level >= OWNER) return { subject, outcome: "ok", detail: "Owner: all listings of the group are open" };
  const hides =
    level >= MAINTAINER
      ? "group access tokens, group deploy tokens, service accounts and people's tokens stay hidden"
      : "all tokens of the group and of its projects stay hidden";
  return { subject, outcome: "missing", detail: `access level ${level}: ${hides}`, remedy };
}

function people({ isTop, plan, unit }: Top): Check {
  const subject = `people's tokens in ${unit.path}`;
  const remedy = "have an administrator read the instance, or take the plan Ultimate with enterprise users";
  if (!isTop) {
    const detail = "only top-level groups show them";
    return { subject, outcome: "missing", detail, remedy: "name the top-level group" };
  }
  if (plan === undefined) {
    return { subject, outcome: "unknown", detail: "GitLab does not tell the group's plan", remedy };
  }
  return SHOWS_PEOPLE.test(plan)
    ? { subject, outcome: "ok", detail: `the plan ${plan} shows those of enterprise users` }
    : { subject, outcome: "missing", detail: `the plan ${plan} does not show them`, remedy };
}
