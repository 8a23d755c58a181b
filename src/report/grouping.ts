import type { Finding } from "../model/documents.gen.ts";

/** What findings may be grouped by, where people read them. */
export const groupings = ["policy", "owner", "provider", "file"] as const;

export type Grouping = (typeof groupings)[number];

/** The group of a finding; undefined: the finding has nothing of the kind. */
export function groupOf({ policy, token, location }: Finding, by: Grouping): string | undefined {
  if (by === "policy") return policy;
  if (by === "provider") return token.provider;
  if (by === "owner") return token.owner?.trim() || undefined;
  return location.via === "source" || location.via === "register" ? location.uri : undefined;
}

/** What the group is called that has nothing of the kind. */
export const LACKING: Readonly<Record<Grouping, string>> = {
  policy: "(no policy)",
  owner: "(no owner is named)",
  provider: "(no provider)",
  file: "(declared in no file)",
};

/** The group of all that came after the most that are told one by one. */
export const OTHERS = "(all others)";
