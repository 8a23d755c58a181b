import type { ConfiguredSource } from "../model/config.ts";
import { isGap } from "../model/coverage.ts";
import type { Coverage, Source, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import {
  type Collected,
  FAULTS_TOLD,
  type Gathered,
  type Origin,
  type Provided,
  type Raw,
  type Read,
} from "../model/flow.ts";
import { inSchemaOrder } from "../model/schema.ts";
import { shown } from "../model/shown.ts";
import { faultsIn } from "../model/validate.ts";
import type { Connection, Http } from "../net/http.ts";
import { requireSound, secretIdentity } from "./admission.ts";
import { cleanCoverage, cleanToken } from "./clean.ts";
import { expected, failure } from "./gap.ts";
import { type Ledger, openLedger, passing } from "./ledger.ts";
import type { Context, Hidden, Provider } from "./provider.ts";
import { loadProvider } from "./registry.ts";
import { untilStopped } from "./stopped.ts";

/** What collecting may use of the world. */
export interface Means extends Omit<Context, "root" | "connect"> {
  connect: (connection: Connection, place: number) => Http;
  /** Passes on what the source at this place gives, seen by somebody who wants to know how far it is. */
  watched?: ((items: AsyncIterable<Gathered>, place: number) => AsyncIterable<Gathered>) | undefined;
}

/** Reads raw lines in any thread: what comes out is clean, but for ids that stand twice. */
export type ReadRaw = (raw: Raw) => Iterable<Read>;

/**
 * Stage 1: every source in order, as tokens and coverage. No secret, no broken text and no id twice passes; a source
 * that fails is told as coverage, and the others are read all the same.
 */
export async function* collect(sources: readonly ConfiguredSource[], means: Means): AsyncIterable<Collected> {
  const ledger = openLedger();
  const read = await rawReader();
  for await (const item of gather(sources, means)) yield* passed(item, ledger, read);
  yield* ledger.close().map((coverage) => ({ coverage }));
}

/** As `collect`, with lines that can be read in any thread still raw, and ids that stand twice still in. */
export async function* gather(sources: readonly ConfiguredSource[], means: Means): AsyncIterable<Gathered> {
  const stdin = onlyOnce(means.stdin);
  async function* all(): AsyncIterable<Gathered> {
    for (const [place, configured] of sources.entries()) {
      const connect = (connection: Connection) => means.connect(connection, place);
      const items = gathered(configured, { ...means, connect, stdin, root: configured.root });
      yield* means.watched?.(items, place) ?? items;
    }
  }
  yield* untilStopped(all(), means.signal);
}

async function* gathered(configured: ConfiguredSource, context: Context): AsyncIterable<Gathered> {
  const { use } = configured.source;
  const provider = await loadProvider(use);
  if (!provider) throw new Error(`no provider is registered for sources of ${use}`);
  const origin = originOf(configured);
  for await (const item of admitted(itemsOf(provider, configured.source, context), provider)) {
    if ("coverage" in item) yield { coverage: placed(item.coverage, origin) };
    else if ("settle" in item) yield { settle: (counts) => item.settle(counts).map((one) => placed(one, origin)) };
    else yield { ...item, origin };
  }
  for (const hidden of provider.hidden ?? []) yield { coverage: notExposed(use, hidden) };
}

/** What no credential makes a provider show: it stands in every report, and is nobody's fault. */
function notExposed(source: string, { subject, why: detail }: Hidden): Coverage {
  return clear({ source, subject, outcome: "not-exposed", items: 0, detail });
}

/** The reader of raw lines, which are NDJSON wherever they come from. */
export async function rawReader(): Promise<ReadRaw> {
  const provider = await loadProvider("file");
  return function* read(raw) {
    for (const item of provider?.read?.(raw) ?? []) yield clearRead(item, raw.from.source);
  };
}

function clearRead(item: Read, source: string): Read {
  if ("fault" in item) return { fault: clear(item.fault) };
  if ("coverage" in item) return { coverage: clear(item.coverage) };
  return "isClean" in item && item.isClean ? item : asFault(admit(item.token, source));
}

function* passed(item: Gathered, ledger: Ledger, read: ReadRaw): Iterable<Collected> {
  if ("coverage" in item) yield item;
  else if ("token" in item) yield* unique(item.token, item.origin, ledger);
  else if ("settle" in item) yield* ledger.settle(item.settle).map((coverage) => ({ coverage }));
  else for (const one of read(item.raw)) yield* counted(one, item.origin, ledger);
}

/** What raw lines gave, with their faults counted. */
function* counted(item: Read, origin: Origin, ledger: Ledger): Iterable<Collected> {
  if ("coverage" in item) yield item;
  else if ("token" in item) {
    ledger.count({ tokens: 1 });
    yield* unique(item.token, origin, ledger);
  } else {
    if (ledger.tellsFaults()) yield { coverage: item.fault };
    ledger.count({ faults: 1 });
  }
}

function* unique(token: Token, origin: Origin, ledger: Ledger): Iterable<Collected> {
  const first = ledger.enter(passing([token])).get(0);
  if (first === undefined) yield { token };
  else {
    const coverage = ledger.refuse(token, origin, first);
    if (coverage) yield { coverage: clear(coverage) };
  }
}

async function* itemsOf(provider: Provider<Source>, source: Source, context: Context): AsyncIterable<Provided> {
  let items = 0;
  try {
    for await (const item of provider.collect(source, context)) {
      if ("token" in item) items += 1;
      yield item;
    }
  } catch (error) {
    yield { coverage: failure(expected(error), { source: provider.id, subject: provider.title }, items) };
  }
}

async function* admitted(
  items: AsyncIterable<Provided>,
  { id: source }: Pick<Provider, "id">,
): AsyncIterable<Provided> {
  let refused = 0;
  for await (const item of items) {
    const clean = cleared(item, source);
    if ("token" in item && "coverage" in clean) refused += 1;
    if (!("token" in item) || "token" in clean || refused <= FAULTS_TOLD) yield clean;
  }
  if (refused <= FAULTS_TOLD) return;
  const fault = new TokenwardError("RECORDS_OMITTED", { count: refused - FAULTS_TOLD });
  yield { coverage: failure(fault, { source, subject: "tokens" }) };
}

/** Raw lines are cleared once they are read. */
function cleared(item: Provided, source: string): Provided {
  if ("token" in item) return admit(item.token, source);
  if ("coverage" in item) return { coverage: clear(item.coverage) };
  return "settle" in item ? { settle: (counts) => item.settle(counts).map(clear) } : item;
}

/** The token, clean and sound, or why it may not pass. */
function admit(token: Token, source: string): Collected {
  const clean = cleanToken(token);
  requireSound(clean, source);
  const fault = secretIdentity(clean);
  if (!fault) return { token: clean };
  const { location } = clean;
  const coverage = failure(fault, { source, subject: location?.uri ?? "a token" });
  if (!location) return { coverage };
  const { uri, line, column } = location;
  return { coverage: { ...coverage, location: { uri, line, column } } };
}

function asFault(item: Collected): Read {
  return "coverage" in item ? { fault: item.coverage } : item;
}

function clear(coverage: Coverage): Coverage {
  const clean = inSchemaOrder("coverage", cleanCoverage(coverage)) as Coverage;
  const [fault] = faultsIn("coverage", clean);
  if (fault)
    throw new Error(`${coverage.source} told of ${shown(coverage.subject)} wrongly: ${fault.path} ${fault.message}`);
  return clean;
}

function originOf({ source, position }: ConfiguredSource): Origin {
  const { use } = source;
  if (position?.line === undefined || position.column === undefined) return { source: use };
  return { source: use, location: { uri: position.uri, line: position.line, column: position.column } };
}

/** What was denied or failed without a place of its own is told at the line of the configuration that asked for it. */
function placed(coverage: Coverage, { location }: Origin): Coverage {
  return coverage.location || !location || !isGap(coverage.outcome) ? coverage : { ...coverage, location };
}

function onlyOnce(stdin: Context["stdin"]): Context["stdin"] {
  let isTaken = false;
  return () => {
    if (isTaken) throw new TokenwardError("STDIN_TWICE", {});
    isTaken = true;
    return stdin();
  };
}
