import { parsedJson } from "../model/exact-json.ts";
import { type Answer, isGood, isTrouble, type Outgoing, type Send, type Trouble } from "./exchange.ts";
import { issuesCredential } from "./guard.ts";
import type { Connection } from "./http.ts";
import type { Mode } from "./keeping.ts";
import { read } from "./read.ts";
import type { Shelf } from "./shelf.ts";

/** Answers from what was kept where the mode says so, and keeps what comes. */
export function keeping(send: Send, shelf: Shelf, mode: Mode, isThrottled?: Connection["isThrottled"]): Send {
  if (mode === "replay") return (outgoing) => replayed(outgoing, shelf);
  return mode === "resume" ? resuming(send, shelf, (answer) => isThrottled?.(answer) === true) : recording(send, shelf);
}

/** What the provider says for now it may say otherwise a moment later, with whatever status. */
function resuming(send: Send, shelf: Shelf, isForNow: (answer: Answer) => boolean): Send {
  return async (outgoing) => {
    const known = await shelf.find(outgoing);
    if (known && isFinal(known, outgoing)) return read(known, outgoing.expects);
    const outcome = await send(outgoing);
    if (!isTrouble(outcome) && isFinal(outcome, outgoing) && !isForNow(outcome)) await shelf.keep(outgoing, outcome);
    return outcome;
  };
}

/** Keeps refusals as well: a replay is to tell of them. */
function recording(send: Send, shelf: Shelf): Send {
  return async (outgoing) => {
    const known = await shelf.find(outgoing);
    const outcome = await send(conditional(outgoing, known));
    if (isTrouble(outcome)) return outcome;
    if (outcome.status === 304 && known) return read(known, outgoing.expects);
    await shelf.keep(outgoing, outcome);
    return outcome;
  };
}

async function replayed(outgoing: Outgoing, shelf: Shelf): Promise<Answer | Trouble> {
  const known = await shelf.find(outgoing);
  if (known) return read(known, outgoing.expects);
  return {
    trouble: "was not recorded, and a replay asks nothing",
    remedy: "record again with --record, or ask for the rest with --resume",
    mayPass: false,
  };
}

/** What another run would be told too. A refusal may end, and a credential would be kept without its secret. */
function isFinal(answer: Answer, { url, body }: Outgoing): boolean {
  const isSettled = answer.status === 404 || answer.status === 410 || (isGood(answer) && !isPartial(answer, url));
  return isSettled && !issuesCredential(url, body);
}

/** GraphQL tells with a good status of what it could not answer. */
function isPartial({ text }: Answer, { pathname }: URL): boolean {
  return pathname.endsWith("/graphql") && Object.hasOwn(Object(parsedJson(text)), "errors");
}

/** Asks only for what has changed since it was kept. */
function conditional(outgoing: Outgoing, known: Answer | undefined): Outgoing {
  const tag = known && isGood(known) && outgoing.method === "GET" ? known.headers.get("etag") : null;
  return tag ? { ...outgoing, headers: { ...outgoing.headers, "if-none-match": tag } } : outgoing;
}
