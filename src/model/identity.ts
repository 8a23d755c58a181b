import { hash } from "node:crypto";

/** `provider/account/kind/native`, where kind is given without its provider; characters that would not survive a URL or a terminal are percent-encoded. */
export function tokenId(parts: { account: string; kind: string; native: string }): string {
  const [provider, kind] = parts.kind.split("/") as [string, string];
  return [provider, parts.account, kind, parts.native].map(encode).join("/");
}

/** What the ids of all tokens of a provider's account begin with, without the slash that follows. */
export function idPrefix(provider: string, account: string): string {
  return `${provider}/${encode(account)}`;
}

/** A finding's identity: what it is about, never where it stands or how it is worded. */
export function findingId(token: string, policy: string, discriminator = ""): string {
  return hash("sha256", `${token}\0${policy}\0${discriminator}`).slice(0, 32);
}

function encode(text: string): string {
  return text.toWellFormed().replace(/[^A-Za-z0-9._~@:+=,/()#-]/gu, encodeURIComponent);
}
