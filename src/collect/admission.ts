import type { Token } from "../model/documents.gen.ts";
import { at, TokenwardError } from "../model/errors.ts";
import { unaccounted } from "../model/invariant.ts";
import { maskSecrets } from "../model/mask.ts";
import { shown } from "../model/shown.ts";
import { faultsIn } from "../model/validate.ts";

/** Where each id was first seen (`file:line:column`, or empty): all that collecting keeps of the tokens that passed. */
export type Seen = Map<string, string>;

/** Why a token may not pass, if so: an id that is a secret, or one that has passed before. */
export function refusal(token: Token, seen: Seen): TokenwardError | undefined {
  const secret = (["id", "account"] as const).find((field) => maskSecrets(token[field]) !== token[field]);
  if (secret) return new TokenwardError("TOKEN_ID_SECRET", { field: secret, shown: shown(token[secret]) });
  const first = seen.get(token.id);
  if (first !== undefined)
    return new TokenwardError("TOKEN_REPEATED", { id: shown(token.id), first: first && ` at ${first}` });
  seen.set(copy(token.id), token.location ? copy(at(token.location)) : "");
  return undefined;
}

/** A part of a string keeps the whole string alive, here a whole line for every id. */
function copy(text: string): string {
  return Buffer.from(text).toString();
}

/** A record that breaks the contract is a collector's bug, whatever its source said. */
export function requireSound(token: Token, provider: string): void {
  const faults = faultsIn("token", token).map(({ path, message }) => `${path} ${message}`.trim());
  const [first] = faults.length > 0 ? faults : unaccounted(token);
  if (first) throw new Error(`the provider ${provider} gave a broken record, ${shown(token.id)}: ${first}`);
}
