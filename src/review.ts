import { collect } from "./collect/index.ts";
import { enrich } from "./enrich/index.ts";
import { gate } from "./gate/index.ts";
import type { Bundle } from "./judge/bundle.ts";
import { judge } from "./judge/index.ts";
import type { Rules } from "./model/bundle.ts";
import type { Config } from "./model/config.ts";
import type { Judged, Result } from "./model/flow.ts";

/** What a run may use of the world: the clock is an argument, the rest is asked for by collectors only. */
export interface Means {
  bundle: Bundle;
  rules: Rules;
  /** RFC 3339 instant in UTC. */
  asOf: string;
  tool: { name: string; version: string };
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: () => AsyncIterable<Uint8Array>;
}

/** One review, start to finish: each stage reads the stream of the one before it. */
export async function review(config: Config, means: Means): Promise<Result> {
  const { bundle, rules, asOf, tool } = means;
  const run = { tool, as_of: asOf, bundle: bundle.digest, profile: rules.profile };
  const [failOn, allowIncomplete] = [config.failOn.value, config.allowIncomplete.value];
  const { disabled, severity } = rules;
  return gate(judged(config, means), { failOn, allowIncomplete, run, manifest: bundle.manifest, disabled, severity });
}

/** The first three stages alone, for who wants to see every token's verdicts. */
export function judged(config: Config, means: Means): AsyncIterable<Judged> {
  const collected = collect(config.sources.value, means);
  return judge(enrich(collected, means), means);
}
