import type { Coverage } from "../../model/documents.gen.ts";
import type { Refused } from "../../net/http.ts";
import { gap, withRemedy } from "../gap.ts";
import { ID } from "./config.ts";
import { misshapen, readRecord } from "./list.ts";
import type { Session, Unit } from "./session.ts";
import { unitOf } from "./units.ts";
import type { Wire } from "./wire.ts";

/** A configured group. */
export interface Top {
  unit: Unit;
  /** Whether it lies in no other: people and service accounts belong to such groups alone. */
  isTop: boolean;
  /** What is paid for it, where GitLab tells. */
  plan?: string;
}

/** The plans whose top-level groups show the tokens of their enterprise users. */
export const SHOWS_PEOPLE = /ultimate|gold|opensource/i;

export type GroupRef = string | number;

/** What a configured group is, or why it cannot be read. */
export async function topOf(session: Session, ref: GroupRef): Promise<Top | { coverage: Coverage }> {
  const answer = await recordOf(session, ref);
  if ("refused" in answer) return refusal(session, ref, answer.refused);
  const { record } = answer;
  if (record.kind === "user") {
    const remedy = "name a group, or leave group out for a user's own projects";
    return refusal(session, ref, { outcome: "failed", detail: `${ref} is a user, not a group`, remedy });
  }
  const unit = unitOf(record, session, session.host);
  if (!unit) return refusal(session, ref, misshapen({ path: "namespaces" }, "a group"));
  const isTop = record.parent_id === null || record.parent_id === undefined;
  return { unit, isTop, ...(typeof record.plan === "string" && { plan: record.plan }) };
}

type Answer = { record: Wire } | { refused: Refused };

/** A group's namespace tells without the registration token that the group's own answer holds; that one is only asked for where the namespace is not shown. */
async function recordOf({ http }: Session, ref: GroupRef): Promise<Answer> {
  const encoded = encodeURIComponent(ref);
  const answer = await readRecord(http, { path: `namespaces/${encoded}` }, "a group");
  const isHidden = "refused" in answer && answer.refused.outcome !== "failed";
  if (!isHidden) return answer;
  return readRecord(http, { path: `groups/${encoded}`, query: { with_projects: false } }, "a group");
}

function refusal({ host }: Session, ref: GroupRef, refused: Refused): { coverage: Coverage } {
  const asked = { source: ID, account: host, subject: `group ${ref}`.slice(0, 4_096) };
  const remedy = `make the credential's user an Owner of the group ${ref}, or correct the group's name`;
  return { coverage: gap(asked, withRemedy(refused, remedy)) };
}
