import type { Grant } from "../../src/model/documents.gen.ts";
import { type Power, powerOf } from "../../src/scopes/power.ts";

/** What a grant allows, by its family and scope; the record knows no access unless the case says so. */
export function power(provider: string, family: string, scope: string, rest: Partial<Grant> = {}): Power {
  return powerOf(provider, { family, scope, access: "unknown", resource: "*", ...rest });
}

/** The same in short: `write high escalates`. */
export function brief({ access, risk, isKnown, escalates, mints }: Power): string {
  if (!isKnown) return "unknown";
  return [access, risk, ...(escalates ? ["escalates"] : []), ...(mints ? ["mints"] : [])].join(" ");
}
