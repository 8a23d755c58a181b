import { shown } from "../model/shown.ts";
import type { ShardPart } from "./parts.ts";

/** Tokens that stand in the findings of two shards: a token is judged in one, so all its findings stand in one report. */
export function overlaps(parts: readonly ShardPart[]): string[] {
  const owners = new Map<string, string>();
  const shared = new Map<string, { first: string; more: number }>();
  for (const { name, findings } of parts) {
    for (const token of new Set(findings.map((finding) => finding.token.id))) {
      const owner = owners.get(token);
      if (owner === undefined) owners.set(token, name);
      else count(shared, `${owner} and ${name}`, token);
    }
  }
  return [...shared].map(([pair, { first, more }]) => {
    return `judged twice: token ${shown(first)}${more > 0 ? ` and ${more} more` : ""}, in ${pair}`;
  });
}

function count(shared: Map<string, { first: string; more: number }>, pair: string, token: string): void {
  const known = shared.get(pair);
  if (known) known.more += 1;
  else shared.set(pair, { first: token, more: 0 });
}
