import { judgedFields, optionalFields } from "./bundle.ts";
import type { Token } from "./documents.gen.ts";

/** Whether each judged field of a record is given or unknown: never both, never neither. */
export function isAccounted(token: Token): boolean {
  for (const field of judgedFields) if ((token[field] !== undefined) === field in token.unknown) return false;
  const { principal, unknown } = token;
  return !principal || (principal.state !== undefined) !== "principal.state" in unknown;
}

/** What is wrong with how a record accounts for its judged fields, in words. */
export function unaccounted(token: Token): string[] {
  const faults = judgedFields.flatMap((field) => compare(field, token[field] !== undefined, field in token.unknown));
  for (const field of optionalFields) {
    if (token[field] !== undefined) faults.push(...compare(field, true, field in token.unknown));
  }
  // Only a principal that is known can have a state that is not.
  if (!token.principal) return faults;
  return [
    ...faults,
    ...compare("principal.state", token.principal.state !== undefined, "principal.state" in token.unknown),
  ];
}

function compare(field: string, isGiven: boolean, isUnknown: boolean): string[] {
  if (isGiven && isUnknown) return [`${field} is given and also named in unknown`];
  return isGiven || isUnknown ? [] : [`${field} is neither given nor named in unknown`];
}
