import { FAILED, NOT_EXPOSED, type Told } from "../../model/told.ts";
import type { AccessTokenKind } from "./kinds.ts";
import { flagOf, idOf, textOf, type Wire } from "./wire.ts";

/** Who an access token belongs to, as the users API tells. */
export interface User {
  id: string;
  username: string;
  kind: Exclude<AccessTokenKind, "impersonation">;
  state: Told<"active" | "suspended">;
}

export function userOf(record: Wire): User | undefined {
  const id = idOf(record.id);
  if (id === undefined) return undefined;
  const username = textOf(record.username, 255) ?? id;
  return { id, username, kind: kindOf(username, flagOf(record.bot)), state: stateOf(record.state) };
}

/** The bot of a project or group bears the name of what it belongs to; all other bots that have tokens are service accounts. */
function kindOf(username: string, isBot: boolean | undefined): User["kind"] {
  // Anybody may take such a name, where GitLab does not say that it is a bot's.
  if (isBot === false) return "personal";
  const [, owner] = /^(project|group)_\d+_bot/.exec(username) ?? [];
  if (owner === "project" || owner === "group") return owner;
  return isBot || username.startsWith("service_account_") ? "service" : "personal";
}

const SUSPENDED = new Set(["blocked", "ldap_blocked", "deactivated", "banned", "blocked_pending_approval"]);

function stateOf(state: unknown): User["state"] {
  if (state === undefined) return NOT_EXPOSED;
  if (state === "active") return { value: "active" };
  return typeof state === "string" && SUSPENDED.has(state) ? { value: "suspended" } : FAILED;
}
