import { type Answer, isGood, isTrouble, type Limits, type Outgoing, type Trouble } from "./exchange.ts";
import type { Connection } from "./http.ts";

/** What follows from an outcome for the tries after it. */
export interface Again {
  /** The same request may be sent again. */
  isWorthIt: boolean;
  /** The provider asks for a pause: every request of the connection waits so many milliseconds. */
  pause?: number;
}

/** Statuses that pass. */
const PASSING: readonly number[] = [408, 500, 502, 503, 504];

interface Asked {
  connection: Pick<Connection, "pace" | "isThrottled">;
  now: number;
  upload?: Outgoing["upload"] | undefined;
}

export function whetherAgain(outcome: Answer | Trouble, { connection, now, upload }: Asked): Again {
  if (isTrouble(outcome)) return { isWorthIt: outcome.mayPass && isHarmless(outcome, upload) };
  const { status, headers, text } = outcome;
  const isHeld = status === 429 || connection.isThrottled?.({ status, headers, text }) === true;
  const isWorthIt = isHeld || PASSING.includes(status);
  // What is refused for good says nothing about the requests after it.
  if (!isWorthIt && !isGood(outcome)) return { isWorthIt };
  const clock = serverTime(headers) ?? now;
  const asked = isWorthIt ? retryAfter(headers, clock) : undefined;
  const paced = PASSING.includes(status) ? undefined : connection.pace?.({ status, headers, now: clock });
  const pause = Math.max(asked ?? 0, paced ?? 0);
  return pause > 0 ? { isWorthIt, pause } : { isWorthIt };
}

/** A read asks for the same again. An upload without an answer may have arrived: a second one could count twice. */
function isHarmless({ isUnsent = false }: Trouble, upload: Outgoing["upload"]): boolean {
  return isUnsent || (upload?.isRepeatable ?? true);
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** Full jitter: anything up to a bound that doubles with each try. */
export function backoff(tries: number, random: () => number): number {
  return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
}

/** RFC 9110: seconds, or the date to wait for. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const stated = headers.get("retry-after")?.trim();
  if (!stated) return undefined;
  if (/^\d{1,9}$/.test(stated)) return Number(stated) * 1_000;
  const date = Date.parse(stated);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Instants that a server names are on its own clock, which may be far from ours. */
function serverTime(headers: Headers): number | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** So many tries in a row of trouble; each good answer gives a part of one back. */
export interface Budget {
  take(): boolean;
  giveBack(): void;
}

export function openBudget({ retries }: Pick<Limits, "retries">): Budget {
  let left = retries;
  return {
    take() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    giveBack() {
      left = Math.min(retries, left + GIVEN_BACK);
    },
  };
}

const GIVEN_BACK = 0.2;
