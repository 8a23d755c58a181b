import { type Access, DEFAULTS, type Grants, READ_ALL, SCOPES, WRITE_ALL } from "../../scopes/workflow-token.ts";
import type { Span } from "./reading.ts";

export type Shorthand = "read-all" | "write-all";

/** What one `permissions` entry, of a workflow or of a job, says. */
export type Level =
  | { kind: "absent" }
  | { kind: "stated"; at: Span; grants: Grants; shorthand?: Shorthand }
  | { kind: "unreadable"; at: Span };

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
