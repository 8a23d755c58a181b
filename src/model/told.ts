import { judgedFields } from "./bundle.ts";
import type { Token } from "./documents.gen.ts";

export type Reason = NonNullable<Token["unknown"]["created"]>;

/** What a source says of a field: its value, or why nobody knows it. */
export type Told<Value> = { value: Value } | { unknown: Reason };

export const NOT_EXPOSED = { unknown: "not-exposed" } as const;
export const NOT_ASKED = { unknown: "not-asked" } as const;
export const FAILED = { unknown: "failed" } as const;

/** Why a field stays unknown whose value means nothing: the source left it out, or wrote something that nobody can read. */
export function unreadable(value: unknown): typeof NOT_EXPOSED | typeof FAILED {
  return value === undefined ? NOT_EXPOSED : FAILED;
}

/** Every judged field as a record holds it: among those that are known, or with the reason why it is not. */
export function settled(fields: Readonly<Record<(typeof judgedFields)[number], Told<unknown>>>): {
  known: Record<string, unknown>;
  unknown: Token["unknown"];
} {
  const known: Record<string, unknown> = {};
  const unknown: Token["unknown"] = {};
  for (const field of judgedFields) {
    const told = fields[field];
    if ("value" in told) known[field] = told.value;
    else unknown[field] = told.unknown;
  }
  return { known, unknown };
}
