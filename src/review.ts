import { availableParallelism } from "node:os";
import { Readable } from "node:stream";
import { type Means as CollectMeans, collect, gather, rawReader } from "./collect/index.ts";
import { changes, disabledPolicies } from "./config/changes.ts";
import { enrich, enricher } from "./enrich/index.ts";
import { withKin } from "./enrich/kin.ts";
import { tableOf } from "./gate/baseline-table.ts";
import { openGate } from "./gate/index.ts";
import { marker } from "./gate/marker.ts";
import { type Bundle, isUntrusted } from "./judge/bundle.ts";
import { type Judge, judge, startJudge } from "./judge/index.ts";
import type { Baseline } from "./model/baseline.ts";
import type { Rules } from "./model/bundle.ts";
import type { Config } from "./model/config.ts";
import { configDigest } from "./model/config-digest.ts";
import type { Collected, Gathered, Judged, Result } from "./model/flow.ts";
import type { Intent } from "./model/intent.ts";
import { limitsIn } from "./model/limits.ts";
import { memberOf, type Shard } from "./model/shard.ts";
import { baselineFrom, statedBaseline, type Terms } from "./model/terms.ts";
import type { Waiver } from "./model/waiver.ts";
import { batched } from "./run/batches.ts";
import { openBooks } from "./run/books.ts";
import { entriesAfter, openEntries } from "./run/entries.ts";
import { kinLines, kinOf, kinPolicies, openKin, type Related } from "./run/kin.ts";
import { openPool, workedOn } from "./run/pool.ts";
import { openShelf } from "./run/shelf.ts";
import { openWork } from "./run/work.ts";

/** What a run may use of the world: the clock is an argument, the rest is asked for by collectors only. */
export interface Means {
  bundle: Bundle;
  rules: Rules;
  /** Absent: nothing is waived. */
  waivers?: readonly Waiver[];
  /** Absent: every finding counts. */
  baseline?: Baseline;
  /** Absent: nothing is written down. */
  intent?: Intent;
  /** RFC 3339 instant in UTC. */
  asOf: string;
  tool: { name: string; version: string };
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: () => AsyncIterable<Uint8Array>;
  now: CollectMeans["now"];
  connect: CollectMeans["connect"];
  watched?: CollectMeans["watched"];
  isReplayed?: boolean;
  /** A private folder for what does not fit into memory, made when it is first asked for. */
  scratch: () => string;
  /** Threads at work; absent: as many as there are cores. */
  jobs?: number;
  /** The part of the run that this is. */
  shard?: Shard | undefined;
  /** Ends the run early; what was read until then is told, as incomplete. */
  signal?: AbortSignal;
}

/** Milliseconds that a chunk of a hundred tokens may take, where one is normal; megabytes that a thread may use. */
const LIMITS = { time: 2_000, memory: 512 };

/** One review, start to finish: batches go through the stages on several threads, and come together in their order. */
export async function review(config: Config, means: Means): Promise<Result> {
  return reviewBy(termsOf(config, means), gather(config.sources.value, means), means);
}

/** What a run is judged by, settled before anything is read. */
export function termsOf(config: Config, means: Means): Terms {
  const { bundle, rules, waivers = [], baseline, intent, asOf, tool, shard } = means;
  const run = {
    tool,
    as_of: asOf,
    bundle: bundle.digest,
    config: configDigest(config, rules, { waivers, baseline, ...(intent ? { intent } : {}) }),
    profile: rules.profile,
    ...(shard ? { shard } : {}),
    ...told(config, means),
  };
  const [fail_on, allow_incomplete] = [config.failOn.value, config.allowIncomplete.value];
  return {
    ...{ run, fail_on, allow_incomplete, rules, own: bundle.own, waivers },
    ...(baseline ? { baseline: statedBaseline(baseline) } : {}),
    ...(intent ? { intent } : {}),
  };
}

/** What was gathered, judged by terms that are settled. */
export async function reviewBy(
  terms: Terms,
  gathered: AsyncIterable<Gathered>,
  { bundle, scratch, jobs = availableParallelism() }: Pick<Means, "bundle" | "scratch" | "jobs">,
): Promise<Result> {
  const { run, fail_on: failOn, allow_incomplete: allowIncomplete, rules, waivers = [], intent } = terms;
  const { manifest, tables } = bundle;
  const { disabled, severity } = rules;
  const { as_of: asOf, shard } = run;
  const baseline = terms.baseline && baselineFrom(terms.baseline);
  const decision = { failOn, allowIncomplete, waivers, baseline };
  const gate = openGate({ ...decision, run, manifest, disabled, severity, scratch });
  const isMine = memberOf(shard);
  const read = await rawReader();
  const kin = kinPolicies(manifest, rules);
  const table = baseline && tableOf(baseline);
  const mark = marker({ waivers, baseline: table }, asOf);
  const enriched = enricher({ asOf, intent, tables, limits: limitsIn(manifest.policies, rules) });
  const judge = bundle.isForeign ? refusing : startJudge({ bundle, rules });
  const register = intent?.register;
  const work = openWork({ read, enriched, judge, asOf, policies: manifest.policies, isMine, kin, mark, register });
  const entries = openEntries(register, asOf);
  const books = openBooks({ gate, work, read, kin: openKin(scratch, asOf), shelf: openShelf(scratch), entries });
  const data = { bundle, rules, waivers, baseline: table, intent, asOf, shard };
  const pool = openPool({ jobs, data, work, read, limits: LIMITS, isForeign: isUntrusted(bundle) });
  try {
    for await (const { item, outcome } of workedOn(batched(gathered), pool)) books.enter(item, outcome);
    for await (const { outcome } of workedOn(books.again(), pool)) books.supplement(outcome);
    for await (const { outcome } of workedOn(books.entries(), pool)) books.supplement(outcome);
  } finally {
    await pool.close();
  }
  return books.close();
}

/** What came with evidence never runs in this thread, where nothing could stop it; only ids that stand twice would ask for that. */
const refusing: Judge = Object.assign(
  () => {
    throw new Error("an id stands twice in its inventory");
  },
  { alone: () => undefined },
);

/** What the configuration changes and switches off, where it does. */
function told(config: Config, { bundle, rules, asOf }: Means): Pick<Result["head"], "parameters" | "disabled"> {
  const parameters = changes(config, rules, bundle, asOf);
  const disabled = disabledPolicies(bundle.manifest, rules);
  return { ...(parameters.length > 0 ? { parameters } : {}), ...(disabled.length > 0 ? { disabled } : {}) };
}

/** The first three stages alone, for who wants to see every token's verdicts; the inventory is held in memory. */
export async function* judged(config: Config, means: Means): AsyncIterable<Judged> {
  const items: Collected[] = [];
  for await (const item of collect(config.sources.value, means)) items.push(item);
  const tokens = items.flatMap((item) => ("token" in item ? [item.token] : []));
  const kin = openKin(means.scratch, means.asOf);
  kin.add(
    kinLines(tokens, 0, {
      isOfInterest: kinOf(kinPolicies(means.bundle.manifest, means.rules)),
      asOf: means.asOf,
      amended: enricher(means).amended,
    }),
  );
  const [related] = kin.close();
  const { bundle, rules, intent } = means;
  const context = { ...means, limits: limitsIn(bundle.manifest.policies, rules) };
  yield* judge(withFacts(enrich(Readable.from(items), context), related?.facts), means);
  for (const judgement of startJudge(means)(entriesAfter(items, intent?.register, means.asOf))) yield { judgement };
}

async function* withFacts(
  items: AsyncIterable<Collected>,
  facts: Related["facts"] = new Map(),
): AsyncIterable<Collected> {
  let position = 0;
  for await (const item of items) {
    if ("token" in item) yield { token: withKin(item.token, facts.get(position++)) };
    else yield item;
  }
}
