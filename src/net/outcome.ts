import { parsedJson } from "../model/exact-json.ts";
import { visible } from "../model/text.ts";
import { type Answer, isGood, isTrouble, type Outgoing, type Trouble } from "./exchange.ts";
import type { Refused, Reply } from "./http.ts";
import type { Masking } from "./masking.ts";

/** What an outcome says to a provider, in words that hold no secret. */
export function replyOf(outgoing: Outgoing, outcome: Answer | Trouble, masking: Masking): Reply {
  const asked = nameOf(outgoing, masking);
  if (isTrouble(outcome)) {
    const { trouble, remedy, answer } = outcome;
    const detail = sentence(masking, `${asked} ${trouble}`, answer?.headers);
    return { outcome: "failed", ...answer, detail, remedy };
  }
  const { status, headers, text, body } = outcome;
  if (isGood(outcome)) return { outcome: "read", status, headers, body, url: masking.known(outgoing.url.href) };
  const said = messageIn(text);
  const detail = sentence(masking, `${asked} answered ${status}${said ? `: ${said}` : ""}`, headers);
  return { ...meaningOf(status), status, headers, text: masking.text(text).slice(0, LONGEST_TEXT), detail };
}

/** A request that is refused before it is sent. */
export function unsent(method: string, path: string, fault: string, masking: Masking): Refused {
  const detail = sentence(masking, `${method} ${cut(path, LONGEST_NAME)} was not sent: it ${fault}`);
  const remedy = "look at what the provider, or a proxy before it, answers; no credential goes to another host";
  return { outcome: "failed", detail, remedy };
}

const LONGEST_TEXT = 4_096;
const LONGEST_NAME = 300;
const LONGEST_SAID = 300;

/** `GET /orgs/acme/repos?page=2`, `POST ListUsers`. */
export function nameOf({ method, url, body }: Pick<Outgoing, "method" | "url" | "body">, masking: Masking): string {
  const action = new URLSearchParams(body).get("Action");
  if (method === "POST" && action) return `POST ${action}`;
  const shown = new URL(masking.url(url));
  return `${method} ${cut(shown.pathname + shown.search, LONGEST_NAME)}`;
}

function meaningOf(status: number): Pick<Refused, "outcome" | "remedy"> {
  const known = MEANINGS[status];
  if (known) return known;
  return { outcome: "failed", remedy: "run it again later; look at the provider's status page if it stays" };
}

const ABSENT = {
  outcome: "absent",
  remedy: "correct the name, or give the credential the right to see it",
} as const satisfies Pick<Refused, "outcome" | "remedy">;

const MEANINGS: Readonly<Record<number, Pick<Refused, "outcome" | "remedy">>> = {
  401: { outcome: "denied", remedy: "renew the credential: the provider does not accept it" },
  403: { outcome: "denied", remedy: "give the credential the right to read this" },
  404: ABSENT,
  410: ABSENT,
};

/** By this a provider's support finds a request again. */
const REQUEST_IDS = ["x-github-request-id", "x-amzn-requestid", "x-amz-request-id", "x-request-id", "request-id"];

function sentence(masking: Masking, text: string, headers?: Headers): string {
  const id = REQUEST_IDS.map((name) => headers?.get(name)).find((value) => value);
  return visible(masking.text(id ? `${text} (request ${cut(id, 100)})` : text));
}

/** What the provider itself says: `message` or `error` of JSON, `Code` and `Message` of AWS. */
function messageIn(text: string): string | undefined {
  const said = inJson(text) ?? inXml(text);
  return said === undefined || said === "" ? undefined : cut(said.replace(/\s+/g, " ").trim(), LONGEST_SAID);
}

function inJson(text: string): string | undefined {
  const { message, error_description, error } = Object(parsedJson(text)) as Record<string, unknown>;
  return [message, error_description, error].find((one) => typeof one === "string");
}

function inXml(text: string): string | undefined {
  const found = ["Code", "Message"].flatMap((name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? []);
  return found.length > 0 ? found.join(": ") : undefined;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
