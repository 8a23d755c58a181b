import { createHmac } from "node:crypto";
import { TokenwardError } from "../model/errors.ts";
import { visible } from "../model/text.ts";
import { isLoopback } from "../net/address.ts";
import type { Connection, Refused } from "../net/http.ts";
import type { Uploader } from "../net/upload.ts";
import { isUnsure, unsure } from "./refusal.ts";

/** Where a report goes, and what proves that it comes from here. */
export interface Hook {
  url: URL;
  /** Whether the address itself was given as a secret, as chat systems hand them out. */
  isSecret: boolean;
  secret: string;
}

/** The address of a hook; `from` is where it was given. */
export function hookUrl(text: string, from: string): URL {
  const refuse = (reason: string) => new TokenwardError("WEBHOOK_URL", { from, reason });
  if (!URL.canParse(text)) throw refuse("it is no absolute URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("only https is spoken");
  if (url.protocol === "http:" && !isLoopback(url)) throw refuse("http would send the report in the open");
  if (url.username || url.password) throw refuse("a user name or password stands in it");
  url.hash = "";
  return url;
}

const SHORTEST_SECRET = 16;

/** A secret that cannot be guessed from one signature. */
export function hookSecret(text: string | undefined, from: string): string {
  const secret = text?.trim() ?? "";
  if (secret === "") throw new TokenwardError("WEBHOOK_SECRET", { from, reason: "is not set" });
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new TokenwardError("WEBHOOK_SECRET", { from, reason: `has fewer than ${SHORTEST_SECRET} characters` });
}

export interface Delivery {
  bytes: Uint8Array;
  contentType: string;
  /** The same for every try, so that the receiver can tell a second one. */
  id: string;
}

/** How a hook is asked: each try is signed anew, because receivers refuse what is too old. */
export function wayToHook({ url, isSecret, secret }: Hook, { bytes, id }: Delivery, now: () => number): Connection {
  const parts = isSecret ? [...url.pathname.split("/"), ...url.searchParams.values()] : [];
  return {
    source: "webhook",
    base: url.origin,
    secrets: [secret, ...parts],
    headers: { accept: "*/*" },
    authorize: async () => signed({ bytes, id, secret, timestamp: Math.floor(now() / 1_000) }),
  };
}

interface Signed {
  bytes: Uint8Array;
  id: string;
  secret: string;
  /** Seconds since 1970. */
  timestamp: number;
}

/** The headers of the Standard Webhooks specification: an HMAC-SHA256 over id, timestamp and body. */
export function signed({ bytes, id, secret, timestamp }: Signed): Record<string, string> {
  const digest = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.`).update(bytes).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${digest}` };
}

const ENCODED = "whsec_";

/** Behind the prefix that the specification gives, a key stands in base64. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(ENCODED) ? Buffer.from(secret.slice(ENCODED.length), "base64") : Buffer.from(secret);
}

/** Sends the report; gives the status it was taken with. */
export async function deliverTo(
  { url }: Hook,
  { bytes, contentType, id }: Delivery,
  { uploader, what }: { uploader: Uploader; what: string },
): Promise<number> {
  const headers = { "content-type": contentType, "idempotency-key": id };
  const request = { path: url.pathname + url.search, headers };
  const reply = await uploader.send(request, { bytes, isRepeatable: true }, "nothing");
  if (reply.outcome === "read") return reply.status;
  throw refusal(what, reply);
}

const LONGEST_SAID = 500;

function refusal(what: string, reply: Refused): TokenwardError {
  const { text = "", status } = reply;
  const said =
    text.trim() === "" || reply.detail.includes(": ") ? "" : `; it said: ${visible(text.slice(0, LONGEST_SAID))}`;
  const detail = `${reply.detail}${said}`;
  if (isUnsure(reply)) return unsure(what, { detail, remedy: status === undefined ? reply.remedy : AGAIN });
  const remedy = "correct the address or the secret, or look at the receiver's log for this delivery";
  return new TokenwardError("UPLOAD_REFUSED", { what, detail, remedy });
}

const AGAIN = "run it again later, with the same --id so that the receiver can tell a second delivery";
