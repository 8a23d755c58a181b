import type { Token } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { scopes } from "./scopes.ts";
import type { Facts, Step } from "./step.ts";
import { time } from "./time.ts";

/** The steps in order, each independent of the others. */
export const steps = [time, scopes] as const satisfies readonly Step[];

/** Stage 2: adds to each token what follows from its record and the as-of instant (RFC 3339, UTC). */
export async function* enrich(items: AsyncIterable<Collected>, { asOf }: { asOf: string }): AsyncIterable<Collected> {
  for await (const item of items) {
    if ("coverage" in item) yield item;
    else yield { token: enrichToken(item.token, asOf) };
  }
}

/** One token with its facts. */
export function enrichToken(token: Token, asOf: string): Token {
  return { ...token, facts: derive(token, asOf) };
}

function derive(token: Token, asOf: string): Facts {
  const facts: Facts = {};
  for (const step of steps) Object.assign(facts, step.derive(token, asOf));
  return facts;
}
