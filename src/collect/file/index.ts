import type { Coverage, Token } from "../../model/documents.gen.ts";
import { TokenwardError } from "../../model/errors.ts";
import { type Collected, FAULTS_TOLD, type Provided, type Raw, type RawOrigin, type Read } from "../../model/flow.ts";
import type { Place } from "../../model/line-finder.ts";
import { normaliseRecord } from "../../model/normalise.ts";
import { expected } from "../gap.ts";
import type { Context, Provider } from "../provider.ts";
import { failedCoverage, readCoverage, recordFault } from "./coverage.ts";
import type { Found, RawRecord } from "./found.ts";
import { type Input, inputsOf } from "./inputs.ts";
import { recordsIn } from "./ndjson.ts";
import { withResolvedDocuments } from "./policy-documents.ts";
import { foundIn } from "./readers.ts";
import type { FileSource } from "./source.ts";

/** Token records that somebody else wrote down, and inventories that tokenward wrote. */
export const file = {
  id: "file",
  title: "token records from files",
  kinds: [],
  rights: "the right to read the files",
  fields: {},

  async *collect(source: FileSource, context: Context) {
    const inputs = await inputsOf(source, context).catch(expected);
    if (inputs instanceof TokenwardError)
      yield { coverage: failedCoverage(inputs, { source: source.use, name: source.path, isFile: false }) };
    else for (const input of inputs) yield* readInput(input);
  },

  *read({ bytes, first, from, only }: Raw) {
    for (const found of recordsIn(bytes, first, only)) yield itemOf(found, from);
  },
} as const satisfies Provider<FileSource>;

interface Tally {
  tokens: number;
  faults: number;
  /** An inventory brings the coverage of its own sources; the file adds none. */
  hasCoverage: boolean;
}

async function* readInput(input: Input): AsyncIterable<Provided> {
  const tally: Tally = { tokens: 0, faults: 0, hasCoverage: false };
  try {
    for await (const found of foundIn(input)) {
      if (!("part" in found)) yield* gathered(found, input, tally);
      else yield { raw: { ...found.part, from: input.from } };
    }
  } catch (error) {
    tally.faults += 1;
    yield { coverage: failedCoverage(expected(error), input.from) };
  }
  yield {
    settle: ({ tokens, faults }) =>
      closing(input.from, { ...tally, tokens: tally.tokens + tokens, faults: tally.faults + faults }),
  };
}

/** What to say of an input as a whole: how much of its faults was left out, and what it gave. */
function closing(from: RawOrigin, { tokens, faults, hasCoverage }: Tally): Coverage[] {
  const omitted = faults - FAULTS_TOLD;
  const isSilent = hasCoverage || (tokens === 0 && faults > 0);
  return [
    ...(omitted > 0 ? [failedCoverage(new TokenwardError("RECORDS_OMITTED", { count: omitted }), from)] : []),
    ...(isSilent ? [] : [readCoverage(from, tokens)]),
  ];
}

function* gathered(found: Found, input: Input, tally: Tally): Iterable<Collected> {
  const item = itemOf(found, input.from);
  if ("token" in item) tally.tokens += 1;
  if ("coverage" in item) tally.hasCoverage = true;
  if (!("fault" in item)) yield item;
  else if (++tally.faults <= FAULTS_TOLD) yield { coverage: item.fault };
}

function itemOf(found: Found, from: RawOrigin): Read {
  const item = "record" in found ? settle(found.record) : found;
  if ("coverage" in item) return { coverage: item.coverage };
  if ("token" in item) return { token: located(item.token, item.place, from), isClean: item.isClean ?? false };
  return { fault: failedCoverage(item.fault, from, item.place) };
}

function settle(record: RawRecord): Exclude<Found, { record: unknown }> {
  const { value, faults: documentFaults } = withResolvedDocuments(record.value);
  const normal = normaliseRecord(value);
  const faults = [...(record.faults ?? []), ...documentFaults, ...("faults" in normal ? normal.faults : [])];
  if ("token" in normal && faults.length === 0) return { token: normal.token, place: record.place };
  return recordFault(record, faults);
}

/** A record may say where its token is declared; else it is declared here. */
function located(token: Token, place: Place, { name, isFile }: RawOrigin): Token {
  // It was just read, and nobody else holds it yet.
  if (!token.location && isFile) token.location = { uri: name, ...place };
  return token;
}
