import type { Grant } from "../../model/documents.gen.ts";
import type { Span } from "./reading.ts";

export type Access = Exclude<Grant["access"], "admin">;
/** Access by scope; a scope that is not in it is `none`. */
export type Grants = ReadonlyMap<string, Access>;
export type Shorthand = "read-all" | "write-all";

/** What one `permissions` entry, of a workflow or of a job, says. */
export type Level =
  | { kind: "absent" }
  | { kind: "stated"; at: Span; grants: Grants; shorthand?: Shorthand }
  | { kind: "unreadable"; at: Span };

const BOTH = ["read", "write"] as const;

/**
 * The scopes of a workflow token and the levels each has besides `none`; `metadata: read` comes with every token and cannot be written.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
const SCOPES: ReadonlyMap<string, readonly Access[]> = new Map<string, readonly Access[]>([
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

const READ_ALL = everyScope((levels) => levels.find((level) => level === "read"));
const WRITE_ALL = everyScope((levels) => levels.at(-1));

/** GitHub's documented defaults; the permissive one has no `id-token`, which must always be asked for, and no alerts. */
const DEFAULTS: Readonly<Record<"read" | "write", Grants>> = {
  read: new Map([
    ["contents", "read"],
    ["packages", "read"],
  ]),
  write: new Map([...WRITE_ALL].filter(([scope]) => scope !== "id-token" && scope !== "vulnerability-alerts")),
};

/** The grants of `read-all` or `write-all`: each scope at that level, or at read where it has no write. */
export function shorthandGrants(word: string): { grants: Grants; shorthand: Shorthand } | undefined {
  if (word === "read-all") return { grants: READ_ALL, shorthand: word };
  return word === "write-all" ? { grants: WRITE_ALL, shorthand: word } : undefined;
}

/** The access that `scope: level` gives: undefined for `none`, unknown for a level that this scope does not have. */
export function accessOf(scope: string, level: string | null | undefined): Access | undefined {
  if (level === "none") return undefined;
  if (level !== "read" && level !== "write") return "unknown";
  return SCOPES.get(scope)?.includes(level) === false ? "unknown" : level;
}

/**
 * What a job without any `permissions` gets where the repository's default is known.
 * A job that calls a reusable workflow passes on more than it holds: under the permissive default the called jobs may ask for `id-token`.
 */
export function defaultGrants(setting: "read" | "write" | undefined, isCall: boolean): Grants | undefined {
  if (setting === undefined) return undefined;
  const grants = DEFAULTS[setting];
  return isCall && setting === "write" ? union([grants, new Map([["id-token", "write"]])]) : grants;
}

const RANK = { read: 0, unknown: 1, write: 2 } as const;

/** All that any of the lists allows, each scope with the widest access. */
export function union(all: readonly Grants[]): Grants {
  const widest = new Map<string, Access>();
  for (const [scope, access] of all.flatMap((grants) => [...grants])) {
    const known = widest.get(scope);
    if (known === undefined || RANK[access] > RANK[known]) widest.set(scope, access);
  }
  return widest;
}

function everyScope(choose: (levels: readonly Access[]) => Access | undefined): Grants {
  const chosen = [...SCOPES].map(([scope, levels]) => [scope, choose(levels)] as const);
  return new Map(chosen.filter((pair): pair is readonly [string, Access] => pair[1] !== undefined));
}
