const LEVELS = ["read", "write", "admin"];

/** Whether a permission is held, at its level or a higher one. */
export function holdsPermission(held: readonly string[], wanted: string): boolean {
  const [key, level = ""] = wanted.split(":");
  return LEVELS.slice(LEVELS.indexOf(level)).some((higher) => held.includes(`${key}:${higher}`));
}

/** Scopes that hold others; `repo` holds no scope that collecting takes. */
const WIDER: Readonly<Record<string, readonly string[]>> = { "read:org": ["write:org", "admin:org"] };

export function holdsScope(held: readonly string[], wanted: string): boolean {
  return [wanted, ...(WIDER[wanted] ?? [])].some((scope) => held.includes(scope));
}

/** Rights beyond the least, sorted: a permission at a higher level is one, a scope that comes with another is none. */
export function beyond(
  least: readonly string[],
  held: readonly string[],
  holds: (held: readonly string[], wanted: string) => boolean,
): string[] {
  return held.filter((right) => !holds(least, right)).sort();
}

/** Scopes without those that come with another one of them. */
export function withoutHeld(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !WIDER[scope]?.some((wider) => scopes.includes(wider)));
}
