import type { Refused } from "../../net/http.ts";
import type { Holder } from "./estate.ts";
import type { Family } from "./families.ts";

/** What a person can do about a refusal: the right that is missing, or to leave the family out. */
export function remedyFor(holder: Holder, family: Family, { outcome, status, remedy }: Refused): string {
  if (outcome === "failed") return remedy;
  if (status === 401) return "issue a new credential and set it again: GitHub does not accept this one";
  const left = `leave them out with skip: [${family.id}]`;
  return `${rightsOf(holder, family)}, or ${left}${family.without === undefined ? "" : ` where ${family.without}`}`;
}

function rightsOf({ type }: Holder, { permissions, scopes, isExtra }: Family): string {
  if (type !== "classic" && type !== "oauth")
    return `give the ${type === "app" ? "app" : "token"} the ${plural("permission", permissions)}`;
  if (isExtra) return `let a site administrator issue the token, with the scope ${scopes.join(", ")}`;
  if (scopes.length === 0) return "collect as a GitHub App: only an app may list them";
  return `let an owner of the organisation issue the token, with the ${plural("scope", scopes)}`;
}

function plural(word: string, list: readonly string[]): string {
  return `${word}${list.length === 1 ? "" : "s"} ${list.join(", ")}`;
}
