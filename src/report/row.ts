import { messageOf } from "../model/accepted.ts";
import type { Finding } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import type { Group } from "./groups.ts";

/** So much of a finding's id is enough for `explain` to find it. */
export const SHORT_ID = 8;

export function shortId({ id }: Pick<Finding, "id">): string {
  return id.slice(0, SHORT_ID);
}

/** What a row calls a token whose place stands beside it. */
export function rowName({ token: { name } }: Pick<Finding, "token">): string {
  return name.trim() || "(unnamed)";
}

/** Where the token is declared; a token that no file declares is named by its id, which `explain` takes too. */
export function rowPlace({ location, token }: Pick<Finding, "location" | "token">): string {
  return location.via === "source" || location.via === "register" ? at(location) : token.id;
}

/** What a row says beside its name and place; the policy where the group is not its own. */
export function whyIn({ by }: Pick<Group, "by">, finding: Finding): string {
  return by === "policy" ? messageOf(finding) : `${finding.policy}: ${messageOf(finding)}`;
}
