export type Access = "read" | "write" | "unknown";
/** Access by scope; a scope that is not in it is `none`. */
export type Grants = ReadonlyMap<string, Access>;

const BOTH = ["read", "write"] as const;

/**
 * The scopes of a workflow token and the levels each has besides `none`; `metadata: read` comes with every token and cannot be written.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export const SCOPES: ReadonlyMap<string, readonly Access[]> = new Map<string, readonly Access[]>([
  ["actions", BOTH],
  ["artifact-metadata", BOTH],
  ["attestations", BOTH],
  ["checks", BOTH],
  ["contents", BOTH],
  ["deployments", BOTH],
  ["discussions", BOTH],
  ["id-token", ["write"]],
  ["issues", BOTH],
  ["models", ["read"]],
  ["packages", BOTH],
  ["pages", BOTH],
  ["pull-requests", BOTH],
  ["repository-projects", BOTH],
  ["security-events", BOTH],
  ["statuses", BOTH],
  ["vulnerability-alerts", ["read"]],
]);

export const READ_ALL = everyScope((levels) => levels.find((level) => level === "read"));
export const WRITE_ALL = everyScope((levels) => levels.at(-1));

/** GitHub's documented defaults; the permissive one has no `id-token`, which must always be asked for, and no alerts. */
export const DEFAULTS: Readonly<Record<"read" | "write", Grants>> = {
  read: new Map([
    ["contents", "read"],
    ["packages", "read"],
  ]),
  write: new Map([...WRITE_ALL].filter(([scope]) => scope !== "id-token" && scope !== "vulnerability-alerts")),
};

function everyScope(choose: (levels: readonly Access[]) => Access | undefined): Grants {
  const chosen = [...SCOPES].map(([scope, levels]) => [scope, choose(levels)] as const);
  return new Map(chosen.filter((pair): pair is readonly [string, Access] => pair[1] !== undefined));
}
