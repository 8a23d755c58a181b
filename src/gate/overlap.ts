import type { Coverage } from "../model/documents.gen.ts";
import { shown } from "../model/shown.ts";
import type { ShardPart } from "./parts.ts";

/** What two shards of one run cannot both tell: findings of one token, or two numbers of tokens from one reading. */
export function overlaps(parts: readonly ShardPart[]): string[] {
  return [...sharedTokens(parts), ...unlikeReadings(parts)];
}

/** A token is judged in one shard, so all its findings stand in one report. */
function sharedTokens(parts: readonly ShardPart[]): string[] {
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

/** Every shard reads all there is, so a source that gave more to one of them has changed meanwhile. */
function unlikeReadings(parts: readonly ShardPart[]): string[] {
  const known = new Map<string, { name: string; items: string }>();
  return parts.flatMap(({ name, head }) =>
    [...readings(head.coverage)].flatMap(([key, { subject, items }]) => {
      const told = items.join(" + ");
      const other = known.get(key);
      if (!other) known.set(key, { name, items: told });
      if (!other || other.items === told) return [];
      return [
        `changed while it was read: ${shown(subject)} gave ${told} tokens in ${name}, ${other.items} in ${other.name}`,
      ];
    }),
  );
}

/** How many tokens each source that was read to its end gave; one may be told several times, as by its pages. */
function readings(coverage: readonly Coverage[]): Map<string, { subject: string; items: number[] }> {
  const found = new Map<string, { subject: string; items: number[] }>();
  for (const { items, outcome, ...about } of coverage) {
    if (outcome !== "read" && outcome !== "empty") continue;
    const key = JSON.stringify(about);
    const one = found.get(key) ?? { subject: about.subject, items: [] };
    one.items.push(items);
    found.set(key, one);
  }
  return found;
}
