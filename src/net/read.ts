import { type Answer, isGood, isTrouble, type Outgoing, type Send, type Trouble } from "./exchange.ts";
import { readJson } from "./strict-json.ts";

/** Reads what came back: an answer that is not what was asked for is trouble, whatever its status says. */
export function reading(send: Send): Send {
  return async (outgoing) => {
    const outcome = await send(outgoing);
    return isTrouble(outcome) ? outcome : read(outcome, outgoing.expects);
  };
}

/** A good answer with the document it holds. */
export function read(answer: Answer, expects: Outgoing["expects"]): Answer | Trouble {
  if (!isGood(answer) || expects === "nothing") return answer;
  const { status, headers, text } = answer;
  if (isWebPage(answer)) {
    return {
      ...WEB_PAGE,
      trouble: `answered ${status} with a web page: a login page, or a proxy that stands in between`,
      answer: { status, headers },
    };
  }
  if (expects === "text") return { ...answer, body: text };
  if (status === 204) return { ...answer, body: null };
  const document = readJson(text);
  if ("value" in document) return { ...answer, body: document.value };
  return {
    trouble: `answered ${status}, but the JSON ${document.fault}`,
    remedy: "run it again later; look at what stands between here and the provider if it stays",
    mayPass: true,
    answer: { status, headers },
  };
}

const WEB_PAGE = {
  remedy: "correct the source's base_url, or let the proxy pass requests to it without a login",
  mayPass: false,
} as const;

function isWebPage({ headers, text }: Answer): boolean {
  return /^\s*text\/html\b/i.test(headers.get("content-type") ?? "") || /^\s*<(?:!doctype\s+html|html)\b/i.test(text);
}
