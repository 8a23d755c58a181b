import type { Grant, Token } from "../model/documents.gen.ts";

export type Access = Exclude<Grant["access"], "unknown">;
export type Risk = NonNullable<NonNullable<Token["facts"]>["risk"]>;

const ACCESS = { unknown: 0, read: 1, write: 2, admin: 3 } as const;
const RISK = { low: 0, medium: 1, high: 2, critical: 3 } as const;

/** The wider of two accesses; one that is unknown gives way to any that is known. */
export function wider<Level extends Grant["access"]>(one: Level, other: Level): Level {
  return ACCESS[other] > ACCESS[one] ? other : one;
}

/** The worse of two risks. */
export function riskier(one: Risk, other: Risk): Risk {
  return RISK[other] > RISK[one] ? other : one;
}

/** What an access is taken for where nothing else is known of a scope. */
export const ASSUMED_RISK = {
  read: "medium",
  write: "high",
  admin: "high",
  unknown: "high",
} as const satisfies Record<Grant["access"], Risk>;
