import type { ConfiguredSource } from "../model/config.ts";
import type { Coverage, Source, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Collected } from "../model/flow.ts";
import { inSchemaOrder } from "../model/schema.ts";
import { shown } from "../model/shown.ts";
import { faultsIn } from "../model/validate.ts";
import { refusal, requireSound, type Seen } from "./admission.ts";
import { cleanCoverage, cleanToken } from "./clean.ts";
import type { Context, Provider } from "./provider.ts";
import { loadProvider } from "./registry.ts";

/** What collecting may use of the world. */
export type Means = Omit<Context, "root">;

/** Past this many, refused tokens of one source are only counted. */
const REFUSALS_TOLD = 1_000;

/**
 * Stage 1: every source in order, as tokens and coverage. No secret, no broken text and no id twice passes; a source
 * that fails is told as coverage, and the others are read all the same.
 */
export async function* collect(sources: readonly ConfiguredSource[], means: Means): AsyncIterable<Collected> {
  const stdin = onlyOnce(means.stdin);
  const seen: Seen = new Map();
  for (const configured of sources) {
    const { use } = configured.source;
    const provider = await loadProvider(use);
    if (!provider) throw new Error(`no provider is registered for sources of ${use}`);
    const context = { ...means, stdin, root: configured.root };
    for await (const item of admitted(itemsOf(provider, configured.source, context), provider, seen)) {
      yield "token" in item ? item : { coverage: placed(item.coverage, configured) };
    }
  }
}

async function* itemsOf(provider: Provider<Source>, source: Source, context: Context): AsyncIterable<Collected> {
  let items = 0;
  try {
    for await (const item of provider.collect(source, context)) {
      if ("token" in item) items += 1;
      yield item;
    }
  } catch (error) {
    if (!(error instanceof TokenwardError)) throw error;
    yield { coverage: failed(error, { source: provider.id, subject: provider.title, items }) };
  }
}

async function* admitted(
  items: AsyncIterable<Collected>,
  { id: source }: Pick<Provider, "id">,
  seen: Seen,
): AsyncIterable<Collected> {
  let refused = 0;
  for await (const item of items) {
    const clean = "token" in item ? admit(cleanToken(item.token), source, seen) : clear(item.coverage);
    if ("coverage" in clean && "token" in item) refused += 1;
    if ("token" in clean || "coverage" in item || refused <= REFUSALS_TOLD) yield clean;
  }
  if (refused <= REFUSALS_TOLD) return;
  const fault = new TokenwardError("RECORDS_OMITTED", { count: refused - REFUSALS_TOLD });
  yield { coverage: failed(fault, { source, subject: "tokens", items: 0 }) };
}

/** The token, or why it may not pass. */
function admit(token: Token, source: string, seen: Seen): Collected {
  requireSound(token, source);
  const fault = refusal(token, seen);
  if (!fault) return { token };
  const { location } = token;
  const coverage = failed(fault, { source, subject: location?.uri ?? "a token", items: 0 });
  if (!location) return { coverage };
  const { uri, line, column } = location;
  return { coverage: { ...coverage, location: { uri, line, column } } };
}

function clear(coverage: Coverage): { coverage: Coverage } {
  const clean = inSchemaOrder("coverage", cleanCoverage(coverage)) as Coverage;
  const [fault] = faultsIn("coverage", clean);
  if (fault)
    throw new Error(`${coverage.source} told of ${shown(coverage.subject)} wrongly: ${fault.path} ${fault.message}`);
  return { coverage: clean };
}

function failed(
  { message: detail, remedy }: TokenwardError,
  about: Pick<Coverage, "source" | "subject" | "items">,
): Coverage {
  return { ...about, outcome: "failed", detail, remedy };
}

/** What failed without a place of its own is told at the line of the configuration that asked for it. */
function placed(coverage: Coverage, { position }: ConfiguredSource): Coverage {
  const isTold = coverage.location !== undefined || coverage.outcome === "read" || coverage.outcome === "empty";
  if (isTold || position?.line === undefined || position.column === undefined) return coverage;
  return { ...coverage, location: { uri: position.uri, line: position.line, column: position.column } };
}

function onlyOnce(stdin: Context["stdin"]): Context["stdin"] {
  let isTaken = false;
  return () => {
    if (isTaken) throw new TokenwardError("STDIN_TWICE", {});
    isTaken = true;
    return stdin();
  };
}
