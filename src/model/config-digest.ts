import { createHash } from "node:crypto";
import type { Baseline } from "./baseline.ts";
import type { Rules } from "./bundle.ts";
import type { Config } from "./config.ts";
import type { Intent } from "./intent.ts";
import type { Waiver } from "./waiver.ts";

/**
 * SHA-256 over what a configuration comes to: its sources, numbers, switches, threshold, and what people have written down. A
 * number, a waiver or an entry of the register counts with its reason and its place, because findings quote them; how a source or a flag came to be set does not.
 */
export function configDigest(
  { sources, failOn, allowIncomplete }: Pick<Config, "sources" | "failOn" | "allowIncomplete">,
  { profile, parameters, disabled, severity }: Rules,
  {
    waivers = [],
    baseline,
    intent = {},
  }: { waivers?: readonly Waiver[]; baseline?: Baseline | undefined; intent?: Intent } = {},
): string {
  const effective = {
    profile,
    fail_on: failOn.value,
    allow_incomplete: allowIncomplete.value,
    sources: sources.value.map(({ source }) => source),
    parameters,
    disabled: [...disabled].sort(),
    severity,
    ...(waivers.length > 0 ? { waivers } : {}),
    ...(baseline ? { baseline: digestOf(baseline) } : {}),
    ...intent,
  };
  return createHash("sha256").update(JSON.stringify(effective, withSortedKeys)).digest("hex");
}

/** By a digest of its own: it may have very many entries. */
function digestOf({ file, maxAge, entries }: Baseline): string {
  const hash = createHash("sha256").update(JSON.stringify([file, maxAge]));
  for (const { token, policy, discriminator, severity, accepted, until } of entries) {
    hash.update(`${JSON.stringify([token, policy, discriminator, severity, accepted, until])}\n`);
  }
  return hash.digest("hex");
}

/** The order in which a person or a program wrote keys means nothing; the order of a list may. */
function withSortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
