import type { Coverage } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { gap, reasonOf, withRemedy } from "../gap.ts";
import { type GitlabConfig, ID } from "./config.ts";
import { scopesOf } from "./grants.ts";
import { readRecord } from "./list.ts";
import { type AccessTokenPlace, accessToken } from "./normalise.ts";
import { ofHost, type Session } from "./session.ts";
import { type User, userOf } from "./user.ts";
import { idOf, type Wire } from "./wire.ts";

/** The credential that tokenward collects with. */
export interface Own {
  /** For its record among others, where a listing shows it. */
  mark?: NonNullable<AccessTokenPlace["own"]>;
  /** Its record as the credential itself may read it. */
  record?: Wire;
  user: User | { unknown: "denied" | "failed" };
  /** Whether GitLab says that its user is an administrator. */
  isAdmin: boolean;
  /** What could not be read of it. */
  gaps: Coverage[];
}

/** Scopes and roles that collecting takes, by what is collected. */
export function leastOf({ instance, group }: Pick<GitlabConfig, "instance" | "group">): string[] {
  if (instance) return ["read_api", "admin_mode"];
  return group === undefined ? ["read_api", "access_level:40"] : ["read_api", "access_level:40", "access_level:50"];
}

export async function readOwn({ http, config, host }: Session): Promise<Own> {
  const gaps: Coverage[] = [];
  const get = async (path: string, what: string): Promise<{ record: Wire } | { unknown: "denied" | "failed" }> => {
    const answer = await readRecord(http, { path });
    if ("record" in answer) return answer;
    const { refused } = answer;
    gaps.push(gap({ source: ID, account: host, subject: what }, withRemedy(refused, REMEDY)));
    return { unknown: reasonOf(refused) };
  };
  const token = await get("personal_access_tokens/self", "the presented credential");
  const person = await get("user", "the user of the presented credential");
  const user = "unknown" in person ? person : (userOf(person.record) ?? ({ unknown: "failed" } as const));
  return {
    ...("record" in token && marked(token.record, user, leastOf(config))),
    user,
    isAdmin: "record" in person && person.record.is_admin === true,
    gaps,
  };
}

const REMEDY =
  "use an access token of this base_url that is active and has the scope read_api; job tokens and OAuth tokens cannot be read";

function marked(record: Wire, user: Own["user"], least: string[]): Pick<Own, "mark" | "record"> {
  const id = idOf(record.id);
  if (id === undefined) return {};
  const extra = (scopesOf(record.scopes) ?? []).filter((scope) => !least.includes(scope));
  return { record, mark: { id, user, collector: { extra: [...new Set(extra)], least } } };
}

/** The credential's own token, for where no listing showed it. That of a project's or group's bot has its role only there. */
export function ownToken({ record, mark, user }: Own, session: Session): Collected | undefined {
  if (!record || "unknown" in user) return undefined;
  if (user.kind === "project" || user.kind === "group") return { coverage: unlisted(session, user.kind) };
  const token = accessToken(record, {
    ...ofHost(session, "GET /personal_access_tokens/self"),
    kind: user.kind,
    reach: "all",
    user,
    own: mark,
  });
  return token && { token };
}

function unlisted({ host }: Session, unit: "project" | "group"): Coverage {
  return {
    source: ID,
    account: host,
    subject: "the presented credential",
    outcome: "denied",
    items: 0,
    detail: `it is a ${unit}'s access token, and no listing of that ${unit} shows it`,
    remedy: `give it the role ${unit === "project" ? "Maintainer" : "Owner"}, and read the ${unit} that it is of`,
  };
}
