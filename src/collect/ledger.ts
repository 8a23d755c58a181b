import type { Coverage, Token } from "../model/documents.gen.ts";
import { at, TokenwardError } from "../model/errors.ts";
import { type Counts, FAULTS_TOLD, type Origin } from "../model/flow.ts";
import { shown } from "../model/shown.ts";
import { failure } from "./gap.ts";
import { type Late, openLate } from "./late.ts";
import { hashOf, openSeen } from "./seen.ts";

/** What is known of tokens that want to pass, wherever they were read, in columns: it crosses threads. */
export interface Passing {
  /** Two numbers for each token. */
  hashes: Uint32Array<ArrayBuffer>;
  lines: Uint32Array<ArrayBuffer>;
  /** For each token which of the names is that of its input; the empty name: it stands nowhere. */
  inputs: Uint32Array<ArrayBuffer>;
  names: string[];
}

/** The books of a run, kept in the order of reading: which ids have passed, and what raw lines gave. */
export interface Ledger {
  /** The positions of tokens that may not pass, and where their ids were read before. */
  enter(tokens: Passing): Map<number, string>;
  /** What to tell of a token whose id has passed before; undefined: enough was told of such. */
  refuse(token: Pick<Token, "id" | "location">, origin: Origin, first: string): Coverage | undefined;
  /** Counts what raw lines gave. */
  count(counts: Partial<Counts>): void;
  /** Whether the next fault of this input is still told. */
  tellsFaults(): boolean;
  settle(settling: (counts: Counts) => Coverage[]): Coverage[];
  /** What only shows when all was read. The ids are forgotten: they take more memory than anything else that a run keeps. */
  close(): Coverage[];
}

export function openLedger(): Ledger {
  let seen = openSeen();
  const names = [""];
  const indexes = new Map([["", 0]]);
  let late: Late | undefined;
  let counts: Counts = { tokens: 0, faults: 0 };
  let refused = 0;

  const indexOf = (name: string): number => {
    const known = indexes.get(name);
    if (known !== undefined) return known;
    indexes.set(name, names.length);
    return names.push(name) - 1;
  };

  const firstOf = ([high, low]: readonly [number, number], name: number, line: number): string | undefined => {
    const passed = seen.unchecked();
    const before = seen.before(high, low, name, line);
    if (before) return before.name === 0 ? "" : at({ uri: names[before.name] ?? "", line: before.line });
    if (seen.unchecked() > passed) {
      late ??= openLate();
      late.add(high, low);
    }
    return undefined;
  };

  return {
    enter({ hashes, lines, inputs, names: inputNames }) {
      const repeated = new Map<number, string>();
      const known = inputNames.map(indexOf);
      for (const [position, line] of lines.entries()) {
        const hash = [hashes[position * 2] as number, hashes[position * 2 + 1] as number] as const;
        const first = firstOf(hash, known[inputs[position] as number] as number, line);
        if (first !== undefined) repeated.set(position, first);
      }
      return repeated;
    },
    refuse(token, origin, first) {
      refused += 1;
      return refused <= FAULTS_TOLD ? repeated(token, origin, first) : undefined;
    },
    count({ tokens = 0, faults = 0 }) {
      counts = { tokens: counts.tokens + tokens, faults: counts.faults + faults };
    },
    tellsFaults: () => counts.faults < FAULTS_TOLD,
    settle(settling) {
      const settled = settling(counts);
      counts = { tokens: 0, faults: 0 };
      return settled;
    },
    close() {
      const omitted = refused - FAULTS_TOLD;
      const count = late?.repeated() ?? 0;
      seen = openSeen();
      return [
        ...(omitted > 0 ? [failure(new TokenwardError("RECORDS_OMITTED", { count: omitted }), IDS)] : []),
        ...(count > 0 ? [failure(new TokenwardError("TOKENS_REPEATED", { count }), IDS)] : []),
      ];
    },
  };
}

/** What the ledger has to know of tokens. */
export function passing(tokens: readonly Token[]): Passing {
  const hashes = new Uint32Array(tokens.length * 2);
  const [lines, inputs] = [new Uint32Array(tokens.length), new Uint32Array(tokens.length)];
  const indexes = new Map<string, number>();
  for (const [position, { id, location }] of tokens.entries()) {
    hashes.set(hashOf(id), position * 2);
    lines[position] = location?.line ?? 0;
    const name = location?.uri ?? "";
    const known = indexes.get(name) ?? indexes.size;
    if (known === indexes.size) indexes.set(name, known);
    inputs[position] = known;
  }
  return { hashes, lines, inputs, names: [...indexes.keys()] };
}

function repeated({ id, location }: Pick<Token, "id" | "location">, origin: Origin, first: string): Coverage {
  const error = new TokenwardError("TOKEN_REPEATED", { id: shown(id), first: first && ` at ${first}` });
  const coverage = failure(error, { source: origin.source, subject: location?.uri ?? "a token" });
  if (!location) return { ...coverage, ...(origin.location ? { location: origin.location } : {}) };
  const { uri, line, column } = location;
  return { ...coverage, location: { uri, line, column } };
}

const IDS = { source: "tokens", subject: "ids" };
