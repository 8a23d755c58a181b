import type { Token } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";
import { readTablesFrom } from "../scopes/catalogue.ts";
import { environment } from "./environment.ts";
import { owner } from "./owner.ts";
import { register } from "./register.ts";
import { registerOwner } from "./register-owner.ts";
import { scopes } from "./scopes.ts";
import type { Context, Facts, IntentStep, Step } from "./step.ts";
import { time } from "./time.ts";

/** The steps in order, each independent of the others. */
export const steps = [time, scopes] as const satisfies readonly Step[];

/** What changes the record itself, in order, before anything is derived from it. */
export const amending = [owner, environment] as const satisfies readonly IntentStep[];

/** What adds facts from the written-down intent, in order, after all else. */
export const comparing = [register, registerOwner] as const satisfies readonly IntentStep[];

/** Adds to a token what follows from its record, the as-of instant and the written-down intent. */
export interface Enricher {
  (token: Token): Token;
  /** The record as it is before facts are derived from it; absent: as it came. */
  amended?: (token: Token) => Token;
}

/** Stage 2: every token enriched, coverage as it came. */
export async function* enrich(items: AsyncIterable<Collected>, context: Context): AsyncIterable<Collected> {
  const enriched = enricher(context);
  for await (const item of items) {
    if ("coverage" in item) yield item;
    else yield { token: enriched(item.token) };
  }
}

export function enricher(context: Context): Enricher {
  if (context.tables !== undefined) readTablesFrom(context.tables);
  const before = opened(amending, context);
  const after = opened(comparing, context);
  const { asOf } = context;
  const amended = (token: Token): Token => {
    const { facts: _, ...record } = token;
    let result: Token = record;
    for (const amend of before) result = amend(result);
    return result;
  };
  const enriched = (token: Token): Token => {
    const record = before.length > 0 ? amended(token) : token;
    const facts = derive(record, asOf);
    let result: Token = { ...record, facts: before.length > 0 ? { ...facts, ...record.facts } : facts };
    for (const compare of after) result = compare(result);
    return result;
  };
  return before.length > 0 ? Object.assign(enriched, { amended }) : enriched;
}

function opened(list: readonly IntentStep[], context: Context): ((token: Token) => Token)[] {
  return list.flatMap((step) => step.open(context) ?? []);
}

function derive(token: Token, asOf: string): Facts {
  const facts: Facts = {};
  for (const step of steps) Object.assign(facts, step.derive(token, asOf));
  return facts;
}
