import type { Token } from "../../model/documents.gen.ts";
import { TokenwardError } from "../../model/errors.ts";
import type { Collected } from "../../model/flow.ts";
import { normaliseRecord } from "../../model/normalise.ts";
import type { Context, Provider } from "../provider.ts";
import { failedCoverage, readCoverage, recordFault } from "./coverage.ts";
import type { Found, Place, RawRecord } from "./found.ts";
import { type Input, inputsOf } from "./inputs.ts";
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
      yield { coverage: failedCoverage(inputs, { name: source.path, isFile: false }) };
    else for (const input of inputs) yield* readInput(input);
  },
} as const satisfies Provider<FileSource>;

/** Past this many, faults of one file are only counted. */
const FAULTS_TOLD = 1_000;

interface Tally {
  tokens: number;
  faults: number;
  /** An inventory brings the coverage of its own sources; the file adds none. */
  hasCoverage: boolean;
}

async function* readInput(input: Input): AsyncIterable<Collected> {
  const tally: Tally = { tokens: 0, faults: 0, hasCoverage: false };
  try {
    for await (const found of foundIn(input)) yield* collected(found, input, tally);
  } catch (error) {
    tally.faults += 1;
    yield { coverage: failedCoverage(expected(error), input) };
  }
  if (tally.faults > FAULTS_TOLD) {
    const fault = new TokenwardError("RECORDS_OMITTED", { count: tally.faults - FAULTS_TOLD });
    yield { coverage: failedCoverage(fault, input) };
  }
  const isSilent = tally.hasCoverage || (tally.tokens === 0 && tally.faults > 0);
  if (!isSilent) yield { coverage: readCoverage(input, tally.tokens) };
}

function* collected(found: Found, input: Input, tally: Tally): Iterable<Collected> {
  const item = "record" in found ? settle(found.record) : found;
  if ("coverage" in item) {
    tally.hasCoverage = true;
    yield { coverage: item.coverage };
  } else if ("token" in item) {
    tally.tokens += 1;
    yield { token: located(item.token, item.place, input) };
  } else {
    tally.faults += 1;
    if (tally.faults <= FAULTS_TOLD) yield { coverage: failedCoverage(item.fault, input, item.place) };
  }
}

function settle(record: RawRecord): Exclude<Found, { record: unknown }> {
  const normal = normaliseRecord(record.value);
  const faults = [...(record.faults ?? []), ...("faults" in normal ? normal.faults : [])];
  if ("token" in normal && faults.length === 0) return { token: normal.token, place: record.place };
  return recordFault(record, faults);
}

/** A record may say where its token is declared; else it is declared here. */
function located(token: Token, place: Place, { name, isFile }: Input): Token {
  return token.location || !isFile ? token : { ...token, location: { uri: name, ...place } };
}

function expected(error: unknown): TokenwardError {
  if (error instanceof TokenwardError) return error;
  throw error;
}
