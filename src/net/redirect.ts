import { shown } from "../model/shown.ts";
import { type Answer, isTrouble, type Limits, type Outgoing, type Send, type Trouble } from "./exchange.ts";
import { requireReading } from "./guard.ts";

const KEEPING_METHOD: readonly number[] = [307, 308];
const FOR_READING: readonly number[] = [301, 302, 303, ...KEEPING_METHOD];

/** Follows where the provider says that something has moved, within the same host and with the same method. */
export function following(send: Send, { redirects }: Pick<Limits, "redirects">): Send {
  return async (outgoing) => {
    let asked = outgoing;
    for (let followed = 0; ; followed += 1) {
      const outcome = await send(asked);
      if (isTrouble(outcome) || !isRedirect(outcome)) return outcome;
      if (followed === redirects) return refusal(outcome, `was redirected more than ${redirects} times`);
      const next = target(outcome, asked);
      if ("trouble" in next) return next;
      requireReading(next.method, next.url, next.body, next.headers["x-amz-target"]);
      asked = next;
    }
  };
}

function isRedirect({ status, headers }: Answer): boolean {
  return FOR_READING.includes(status) && headers.has("location");
}

function target(answer: Answer, asked: Outgoing): Outgoing | Trouble {
  if (asked.upload) return refusal(answer, "was redirected, and nothing is handed over to another address");
  const location = answer.headers.get("location") ?? "";
  if (!URL.canParse(location, asked.url.href)) return refusal(answer, "was redirected to what is no address");
  const url = new URL(location, asked.url);
  if (url.origin !== asked.url.origin || url.username || url.password) {
    return refusal(answer, `was redirected to another host, ${shown(url.origin)}`);
  }
  if (asked.method === "POST" && !KEEPING_METHOD.includes(answer.status)) {
    return refusal(answer, "was redirected with another method");
  }
  return { ...asked, url };
}

function refusal({ status, headers }: Answer, trouble: string): Trouble {
  return {
    trouble,
    remedy: "correct the source's base_url: the credential goes to no other host",
    mayPass: false,
    answer: { status, headers },
  };
}
