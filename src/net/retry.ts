import { instantAt } from "../model/instant.ts";
import { type Again, type Budget, backoff, whetherAgain } from "./again.ts";
import {
  type Answer,
  isGood,
  isTrouble,
  type Limits,
  type Outgoing,
  type Send,
  type Trouble,
  type World,
} from "./exchange.ts";
import type { Connection, Tally } from "./http.ts";
import type { Gate, Lane } from "./pause.ts";

/** What one connection waits with, and what it counts. */
export interface Patience {
  connection: Pick<Connection, "pace" | "isThrottled" | "concurrency">;
  world: Pick<World, "now" | "random" | "sleep" | "signal">;
  limits: Pick<Limits, "tries" | "wait">;
  gate: Gate;
  /** Shared by all connections to the host. */
  lane: Lane;
  budget: Budget;
  /** Makes a request ready to be sent; asked before each try, outside of the lane, because it may have to send requests itself. */
  prepare: (outgoing: Outgoing) => Promise<Outgoing>;
  tally: Pick<Tally, "requests" | "retries">;
}

const CONCURRENCY = 4;
const STOPPED = { trouble: "was not sent: the run was stopped", remedy: "run it again and let it end", mayPass: false };

/** Sends when it is time to, and again where that is worth it: bounded in tries, in waiting, and for all requests of the connection together. */
export function retrying(send: Send, patience: Patience): Send {
  return (outgoing) => tried(send, outgoing, patience);
}

async function tried(send: Send, outgoing: Outgoing, patience: Patience): Promise<Answer | Trouble> {
  const { connection, limits, gate, world, tally } = patience;
  let left = limits.wait;
  for (let tries = 1; ; tries += 1) {
    const passed = await entered(outgoing, patience, left);
    if ("trouble" in passed) return passed;
    left -= passed.waited;
    const outcome = await inside(send, passed.ready, patience);
    const again = whetherAgain(outcome, { connection, now: world.now(), upload: outgoing.upload });
    const wait = waitAfter(outcome, { ...again, tries }, patience);
    if (wait === undefined) return settled(outcome, again);
    if (wait > left) return tooLong(outcome, wait, patience);
    tally.retries += 1;
    // A pause is waited for at the gate, with all the others.
    if (!gate.isOpen()) continue;
    left -= wait;
    await world.sleep(wait, world.signal);
  }
}

/** Through the gate and into the lane; the gate may have been closed by who was in the lane before. */
async function entered(
  outgoing: Outgoing,
  { gate, lane, connection, world, prepare }: Patience,
  longest: number,
): Promise<{ ready: Outgoing; waited: number } | Trouble> {
  let waited = 0;
  for (;;) {
    const passed = await gate.pass(longest - waited);
    if (world.signal?.aborted) return STOPPED;
    if ("until" in passed) return heldUntil("was not sent", passed.until);
    waited += passed.waited;
    const ready = await prepare(outgoing);
    await lane.enter(connection.concurrency ?? CONCURRENCY);
    if (gate.isOpen() && !world.signal?.aborted) return { ready, waited };
    lane.leave();
  }
}

async function inside(send: Send, outgoing: Outgoing, { lane, tally }: Patience): Promise<Answer | Trouble> {
  try {
    tally.requests += 1;
    return await send(outgoing);
  } finally {
    lane.leave();
  }
}

/** Milliseconds until the next try, or nothing where this was the last. */
function waitAfter(
  outcome: Answer | Trouble,
  { isWorthIt, pause, tries }: Again & { tries: number },
  { world, limits, gate, budget }: Patience,
): number | undefined {
  if (pause !== undefined) gate.hold(pause);
  if (!isWorthIt && !isTrouble(outcome)) {
    gate.relieve();
    budget.giveBack();
  }
  if (!isWorthIt || tries >= limits.tries || world.signal?.aborted || !budget.take()) return undefined;
  return pause ?? backoff(tries, world.random);
}

/** A good status does not make an answer of what its provider knows as a refusal for now. */
function settled(outcome: Answer | Trouble, { isWorthIt }: Again): Answer | Trouble {
  if (isTrouble(outcome) || !isGood(outcome) || !isWorthIt) return outcome;
  const { status, headers } = outcome;
  const trouble = `answered ${status}, but is still not ready to tell`;
  return { trouble, remedy: "run it again later", mayPass: false, answer: { status, headers } };
}

function tooLong(outcome: Answer | Trouble, wait: number, { world }: Patience): Trouble {
  if (isTrouble(outcome)) return outcome;
  const { status, headers } = outcome;
  return { ...heldUntil(`answered ${status}`, world.now() + wait), answer: { status, headers } };
}

function heldUntil(what: string, until: number): Trouble {
  const instant = instantAt(until);
  return {
    trouble: `${what}: the provider asks to be left alone until ${instant}`,
    remedy: `run it again after ${instant}, with --resume so that nothing is asked twice, or let it wait longer with --max-wait`,
    mayPass: false,
  };
}
