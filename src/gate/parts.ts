import { hash } from "node:crypto";
import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { type Shard, writeShard } from "../model/shard.ts";
import { visible } from "../model/text.ts";

/** The report of one shard, and what people call it. */
export interface Part {
  name: string;
  head: Result["head"];
  findings: readonly Finding[];
}

export interface ShardPart extends Part {
  shard: Shard;
}

/** The parts of one run in the order of their shards, or what keeps them from being that: missing, there twice, or unlike the rest. */
export function arranged(parts: readonly Part[]): { parts: ShardPart[] } | { faults: string[] } {
  const sharded = parts.flatMap((part) => (part.head.shard ? [{ ...part, shard: part.head.shard }] : []));
  const faults = [
    ...parts.filter(({ head }) => !head.shard).map(({ name }) => `${name} tells of a whole run, not of a shard`),
    ...unlike(sharded),
  ];
  const all = faults.length > 0 ? faults : numberFaults(sharded);
  if (all.length > 0) return { faults: all };
  return { parts: sharded.sort((one, other) => one.shard.index - other.shard.index) };
}

/** What the same policies, configuration and instant give to every shard. */
const ALIKE: readonly { what: string; of: (head: Result["head"]) => unknown }[] = [
  { what: "number of shards", of: ({ shard }) => shard?.of },
  { what: "tool", of: ({ tool }) => `${tool.name} ${tool.version}` },
  { what: "schema version", of: ({ schema_version }) => schema_version },
  { what: "policies", of: ({ bundle }) => bundle },
  { what: "configuration", of: ({ config }) => config },
  { what: "profile", of: ({ profile }) => profile },
  { what: "as of", of: ({ as_of }) => as_of },
  { what: "fail on", of: ({ gate }) => gate.fail_on },
  { what: "allow incomplete", of: ({ gate }) => gate.allow_incomplete },
  { what: "list of policies", of: ({ policies }) => digest(policies.map(({ policy }) => policy)) },
];

function unlike([first, ...others]: readonly ShardPart[]): string[] {
  if (!first) return [];
  return ALIKE.flatMap(({ what, of }) => {
    const expected = of(first.head);
    return others.flatMap(({ name, head }) => {
      const found = of(head);
      // What no report tells cannot be seen to be alike.
      if (found === expected && found !== undefined) return [];
      return [`${what}: ${short(found)} in ${name}, ${short(expected)} in ${first.name}`];
    });
  });
}

function digest(value: unknown): string {
  return hash("sha256", JSON.stringify(value), "hex");
}

const LONGEST = 24;

function short(value: unknown): string {
  const text = value === undefined ? "not told" : String(value);
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST / 2)}…` : text);
}

function numberFaults(parts: readonly ShardPart[]): string[] {
  const of = parts[0]?.shard.of ?? 1;
  const names = new Map<number, string[]>();
  for (const { shard, name } of parts) names.set(shard.index, [...(names.get(shard.index) ?? []), name]);
  const missing = Array.from({ length: of }, (_, before) => before + 1).filter((index) => !names.has(index));
  return [
    ...(missing.length > 0 ? [`missing: shard ${ranges(missing)} of ${of}`] : []),
    ...[...names].flatMap(([index, all]) => {
      if (index > of) return [`shard ${writeShard({ index, of })} in ${all.join(", ")} cannot be`];
      return all.length > 1 ? [`more than once: shard ${writeShard({ index, of })}, in ${all.join(" and ")}`] : [];
    }),
  ];
}

/** `1, 3-5`: ascending numbers, as few words as they need. */
function ranges(numbers: readonly number[]): string {
  const found: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else found.push({ from: number, to: number });
  }
  return found.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
