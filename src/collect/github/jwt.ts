import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { TokenwardError } from "../../model/errors.ts";

/** GitHub allows ten minutes; a minute is left for clocks that differ. */
const LIFE = 540;
const SKEW = 60;

/** The key of an app; variables often hold its lines with `\n` spelled out. */
export function privateKeyOf(pem: string, from: string): KeyObject {
  try {
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    // What OpenSSL says of it may quote the key.
  }
  throw new TokenwardError("CREDENTIAL_MALFORMED", {
    provider: "github",
    from,
    reason: "it is no RSA private key in PEM",
  });
}

/** A JSON Web Token by which an app says who it is, for requests at this time (seconds since 1970). */
export function appToken(app: string, key: KeyObject, now: number): string {
  const claims = { iat: Math.floor(now) - SKEW, exp: Math.floor(now) + LIFE - SKEW, iss: app };
  const text = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
