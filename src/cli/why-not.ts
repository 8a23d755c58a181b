import type { Rules } from "../model/bundle.ts";
import type { Policy, Token } from "../model/documents.gen.ts";
import { isEntry, isOnEntries } from "../model/entry-record.ts";
import { isMeantFor } from "../model/kind.ts";
import type { Standing } from "../model/register.ts";
import { sourceText } from "../model/setting-text.ts";

/** A token with what it was judged by: who switched the policy off, and which others failed on it. */
export interface Judged {
  token: Token;
  rules: Rules;
  offBy?: string;
  failed?: readonly string[];
  /** Which entries of the register match it, the one that counts first; absent: there is no register. */
  entries?: readonly Standing[];
}

/** Why a policy does not judge a token; in the order in which the judge asks. */
export function whyNot(policy: Policy, { token, rules, offBy, failed = [] }: Judged): string {
  const { kinds, except_kinds } = policy.applies_to;
  if (isEntry(token) && !isOnEntries(policy)) return "it judges tokens, and this is an entry of the register";
  if (rules.disabled.includes(policy.id)) return `the policy is switched off (${offBy ?? "by the configuration"})`;
  const exemption = rules.parameters.exempt[token.kind]?.[policy.id];
  if (exemption) return `tokens of kind ${token.kind} are exempt (${sourceText(exemption)})`;
  if (isMeantFor(policy, token.kind)) return whyNotThis(policy, token, failed);
  const judges = kinds ? `only ${kinds.join(" and ")}` : `every kind except ${except_kinds?.join(" and ")}`;
  return `it judges ${judges}, and this token is a ${token.kind}`;
}

function whyNotThis({ applies_to, yields_to }: Policy, { facts, principal }: Token, failed: readonly string[]): string {
  const { statuses, principals, given = [] } = applies_to;
  if (statuses && facts?.status && !statuses.some((status) => status === facts.status))
    return `it judges tokens that are ${statuses.join(" or ")}, and this one is ${facts.status}`;
  if (principals && principal !== undefined && !principals.some((type) => type === principal?.type))
    return `it judges what acts as ${principals.join(" or ")}, and this one acts as ${principal?.type ?? "nobody"}`;
  const closer = yields_to?.find((id) => failed.includes(id));
  if (closer !== undefined) return `${closer} tells the same cause`;
  return `it judges only where ${given.join(" and ")} ${given.length > 1 ? "are" : "is"} told`;
}
