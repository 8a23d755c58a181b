import { shown } from "../../model/shown.ts";
import type { Refused } from "../../net/http.ts";
import { RefusedByAws, UnreadableAnswer } from "./refusal.ts";

/** What a question to AWS came to. */
export type Answer<Output> = { outcome: "read"; output: Output } | No;

export interface No {
  outcome: Refused["outcome"];
  /** In AWS's own word. */
  code?: string;
  /** AWS took the question, and had no whole answer for as long as our client asked. */
  isUnready?: true;
  detail: string;
  remedy: string;
}

/** Asks one thing; `action` is the right that it takes. Whatever is wrong with the answer is told, never thrown. */
export async function ask<Output>(action: string, send: () => Promise<Output>): Promise<Answer<Output>> {
  try {
    return { outcome: "read", output: await send() };
  } catch (error) {
    if (error instanceof RefusedByAws) return explained(action, error.refused);
    if (!isUnreadable(error)) throw error;
    return garbled(`${action} was answered in a way that cannot be read: ${shown(firstLine(error.message))}`);
  }
}

/** What AWS itself does not say. */
export function garbled(detail: string): No {
  return { outcome: "failed", detail, remedy: "look at what stands between tokenward and AWS, then run it again" };
}

/** Refuses an answer that is about somebody else; AWS may leave the name out. */
export function requireSame(field: string, asked: string, answered: string | undefined): void {
  if (answered === undefined || answered === asked) return;
  throw new UnreadableAnswer(`it has the ${field} ${answered} where ${asked} was asked for`);
}

/** A page that says whether there is more, and from where on. */
export interface Paged {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}

/** Every page of a list by its marker; a list that ends in a refusal, or leads back to where it was, says so last. */
export async function* pagesOf<Output extends Paged>(
  action: string,
  send: (marker: { Marker?: string }) => Promise<Output>,
): AsyncIterable<Answer<Output>> {
  const seen = new Set<string>();
  let marker: string | undefined;
  for (;;) {
    const at = marker === undefined ? {} : { Marker: marker };
    const page = await ask(action, () => send(at));
    yield page;
    if (page.outcome !== "read" || page.output.IsTruncated !== true) return;
    marker = page.output.Marker;
    if (marker === undefined || marker === "" || seen.has(marker)) {
      yield endless(action);
      return;
    }
    seen.add(marker);
  }
}

/** A short list as a whole, and what ended it where that was a refusal. */
export async function listOf<Output, Item>(
  pages: AsyncIterable<Answer<Output>>,
  itemsIn: (page: Output) => readonly Item[] | undefined,
): Promise<{ items: Item[]; refused?: No }> {
  const items: Item[] = [];
  for await (const page of pages) {
    if (page.outcome !== "read") return { items, refused: page };
    items.push(...(itemsIn(page.output) ?? []));
  }
  return { items };
}

/** What a list says that says it goes on, and not where. */
function endless(action: string): No {
  const detail = `${action} said that there is more and gave no new place to go on from`;
  return { outcome: "failed", detail, remedy: "run it again; what was listed until then is here" };
}

/** Whether AWS says that there is no such thing: it was deleted since it was listed. */
export function isGone(no: No): boolean {
  return no.code === "NoSuchEntity";
}

/** Whether AWS does not take the way in which something was asked. */
export function isInvalid({ code }: No): boolean {
  return code !== undefined && INVALID.has(code);
}

/** The reason that fields get which an answer would have told. */
export function reasonOf({ outcome }: No): "denied" | "failed" {
  return outcome === "denied" ? "denied" : "failed";
}

const INVALID = new Set([
  "ValidationError",
  "ValidationException",
  "InvalidInput",
  "InvalidParameterValue",
  "NotSupportedService",
]);
/** The credential itself is at fault, whatever was asked. */
const UNUSABLE: Readonly<Record<string, string>> = {
  ExpiredToken: "renew the credential: its session has ended",
  ExpiredTokenException: "renew the credential: its session has ended",
  InvalidClientTokenId: "use a credential of this partition that exists and is active",
  UnrecognizedClientException: "use a credential of this partition that exists and is active",
  SignatureDoesNotMatch: "set the secret that belongs to the key id, and set the clock of this machine",
  RequestExpired: "set the clock of this machine, then run it again",
  OptInRequired: "use a credential of an account that is active",
};

function explained(action: string, refused: Refused): No {
  const { outcome, status, text = "", remedy } = refused;
  const code = codeIn(text);
  if (code === undefined) return withoutWord(action, refused);
  const about = { code, detail: `${action} was answered ${code}${status === undefined ? "" : ` (${status})`}` };
  const renewal = UNUSABLE[code];
  if (renewal !== undefined) return { ...about, outcome: "denied", remedy: renewal };
  if (/^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(code) || outcome === "denied")
    return { ...about, outcome: "denied", remedy: toAllow(action) };
  return { ...about, outcome: outcome === "absent" ? "absent" : "failed", remedy };
}

/** A refusal with a good status is an answer that was not ready. */
function withoutWord(action: string, { outcome, status, detail: said, remedy }: Refused): No {
  const detail = `${action}: ${said}`;
  if (outcome === "denied") return { outcome, detail, remedy: toAllow(action) };
  return { outcome: "failed", detail, remedy, ...(status !== undefined && status < 300 ? { isUnready: true } : {}) };
}

/** The SDK puts the answer beside what it threw while it read it. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof UnreadableAnswer || (error instanceof Error && "$response" in error);
}

function toAllow(action: string): string {
  return `allow ${action} to the identity that tokenward collects with, and look for a boundary or a service control policy that denies it`;
}

/** In XML of IAM and STS, in JSON of Organizations. */
function codeIn(text: string): string | undefined {
  const [, inXml, inJson] =
    /<Code>\s*([\w.]{1,80})\s*<\/Code>|"__type"\s*:\s*"(?:[^"#]{0,200}#)?([\w.]{1,80})"/.exec(text) ?? [];
  return inXml ?? inJson;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
