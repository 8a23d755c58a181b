import type { Token } from "../model/documents.gen.ts";

/** New tokens with the one that each follows: the same principal, kind, name and scopes, the old one gone or off, the new one issued later. */
export function successors(ended: readonly Token[], appeared: readonly Token[]): Map<Token, Token> {
  const byPurpose = new Map<string, Token[]>();
  for (const token of [...ended].sort(byAge)) {
    const purpose = purposeOf(token);
    if (purpose === undefined) continue;
    const known = byPurpose.get(purpose) ?? [];
    byPurpose.set(purpose, known);
    known.push(token);
  }
  const found = new Map<Token, Token>();
  for (const token of [...appeared].sort(byAge)) {
    const purpose = purposeOf(token);
    const waiting = purpose === undefined ? [] : (byPurpose.get(purpose) ?? []);
    const [first] = waiting;
    if (first && isOlder(first, token)) {
      waiting.shift();
      found.set(token, first);
    }
  }
  return found;
}

/** Undefined: too little is known to say what it is for. */
function purposeOf({ provider, account, kind, name, principal, grants, created }: Token): string | undefined {
  if (!principal || !grants || !created || name.trim() === "") return undefined;
  const scopes = grants.map(({ family, scope, access, resource }) => JSON.stringify([family, scope, access, resource]));
  return JSON.stringify([provider, account, kind, principal.id, name, ...new Set(scopes.sort())]);
}

function isOlder({ created: one }: Token, { created: other }: Token): boolean {
  return one !== undefined && other !== undefined && one !== null && other !== null && one < other;
}

function byAge({ created: one = "", id }: Token, { created: other = "", id: otherId }: Token): number {
  return (one ?? "") < (other ?? "") ? -1 : one === other ? (id < otherId ? -1 : 1) : 1;
}
