import type { Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { isAccounted, unaccounted } from "../model/invariant.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import { faultsIn, isValid } from "../model/validate.ts";

/** Why a token may not pass: its identity holds a secret. Masked, it would be the identity of another token. */
export function secretIdentity(token: Token): TokenwardError | undefined {
  for (const field of ["id", "account"] as const) {
    const text = token[field];
    const hidden = [text, decoded(text)].find((form) => maskSecrets(form) !== form);
    if (hidden !== undefined) return new TokenwardError("TOKEN_ID_SECRET", { field, shown: shown(hidden) });
  }
  return undefined;
}

/** A record that breaks the contract is a collector's bug, whatever its source said. */
export function requireSound(token: Token, provider: string): void {
  if (isAccounted(token) && isValid("token", token)) return;
  const [gap] = unaccounted(token);
  const [fault] = faultsIn("token", token).map(({ path, message }) => `${path} ${message}`.trim());
  throw new Error(`the provider ${provider} gave a broken record, ${shown(token.id)}: ${fault ?? gap}`);
}

/** Identities are percent-encoded, and so would be what they hide; not every `%` in one is a code. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      // Bytes that are no UTF-8 encode nothing that we wrote.
      return codes;
    }
  });
}
