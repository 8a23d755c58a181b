import type { Token } from "../model/documents.gen.ts";
import { lookupIn } from "./owner-lookup.ts";
import type { Facts, IntentStep } from "./step.ts";

type RegisterOwner = NonNullable<Facts["register_owner"]>;

/** Whether whom the register names as owner is still there, by the directory; after the register's own facts. */
export const registerOwner = {
  id: "register-owner",
  open({ intent }) {
    if (!intent?.register || !intent.owners?.directory) return undefined;
    const { named } = lookupIn(intent.owners);
    const known = new Map<string, RegisterOwner>();
    const sayingOf = (name: string): RegisterOwner => {
      const { state, by } = named(name) ?? {};
      return state && by !== undefined ? { name, state, by } : { name, unknown: UNLISTED };
    };
    return (token) => {
      const { owner, undecided } = token.facts?.register ?? {};
      if (owner === undefined || undecided?.includes("owner")) return token;
      const saying = known.get(owner) ?? sayingOf(owner);
      known.set(owner, saying);
      return withOwner(token, saying);
    };
  },
} as const satisfies IntentStep;

const UNLISTED = { "the register's owner": "not-listed" };

function withOwner(token: Token, register_owner: RegisterOwner): Token {
  return { ...token, facts: { ...token.facts, register_owner } };
}
