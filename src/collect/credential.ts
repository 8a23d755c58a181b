import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { reasonOf } from "../model/system-error.ts";
import type { Context } from "./provider.ts";

/** Where a secret is, as a configuration says it; the secret itself never stands in one. */
export type Credential = { env: string } | { file: string };

/** The secret of a source, without the white space around it; a file is relative to the configuration's folder. */
export async function secretOf(
  provider: string,
  credential: Credential,
  { env, root, isReplayed }: Pick<Context, "env" | "root" | "isReplayed">,
): Promise<string> {
  // Nobody is asked, so nobody has to prove anything.
  if (isReplayed) return "replayed";
  const from = "env" in credential ? credential.env : credential.file;
  const text = "env" in credential ? (env[from] ?? "") : await contentOf(provider, resolve(root, from));
  const secret = text.trim();
  if (secret === "") throw new TokenwardError("CREDENTIAL_MISSING", { provider, from });
  return secret;
}

async function contentOf(provider: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new TokenwardError("CREDENTIAL_UNREADABLE", { provider, path, reason: reasonOf(cause) }, { cause });
  }
}

/** The same, for secrets that go into a header: one line of visible ASCII. */
export async function headerSecretOf(
  provider: string,
  credential: Credential,
  context: Pick<Context, "env" | "root" | "isReplayed">,
): Promise<string> {
  const secret = await secretOf(provider, credential, context);
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  const from = "env" in credential ? credential.env : credential.file;
  const reason = "it holds white space or characters that no header can carry";
  throw new TokenwardError("CREDENTIAL_MALFORMED", { provider, from, reason });
}
