import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { EvidenceManifest } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";

export type Signature = NonNullable<EvidenceManifest["signature"]>;

/** Signs bytes, and says whose signature it is. */
export interface Signer {
  about: Signature;
  /** As Base64, with a line end. */
  sign(bytes: Uint8Array): string;
}

/** Who signs with the private key of a PEM text. */
export function signerOf(pem: string, path: string): Signer {
  const key = keyOf(() => createPrivateKey(pem), path, "private");
  return {
    about: { algorithm: "Ed25519", public_key: textOf(createPublicKey(key)) },
    sign: (bytes) => `${sign(null, bytes, key).toString("base64")}\n`,
  };
}

/** The public key of a PEM text, as a manifest has it. */
export function publicKeyOf(pem: string, path: string): string {
  return textOf(keyOf(() => createPublicKey(pem), path, "public"));
}

/** Whether a text is the signature, by the key that the manifest names; written in one way only. */
export function isSignature(text: string, bytes: Uint8Array, { public_key }: Signature): boolean {
  const signature = Buffer.from(text, "base64");
  if (text !== `${signature.toString("base64")}\n`) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(public_key, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" && textOf(key) === public_key && verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

/** A public key as people compare it: SHA-256 over its DER. */
export function fingerprintOf(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex");
}

/** OpenSSL's own words are not handed on: they may quote what it read. */
function keyOf(read: () => KeyObject, path: string, what: string): KeyObject {
  const wanted = `${what} Ed25519`;
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    const reason = "it is not PEM, or has a passphrase";
    throw new TokenwardError("EVIDENCE_KEY", { path, wanted, reason }, { cause });
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new TokenwardError("EVIDENCE_KEY", { path, wanted, reason: `it is of type ${key.asymmetricKeyType}` });
}

function textOf(key: KeyObject): string {
  return key.export({ format: "der", type: "spki" }).toString("base64");
}
