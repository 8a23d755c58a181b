import type { Coverage, Token } from "../model/documents.gen.ts";
import { at, TokenwardError } from "../model/errors.ts";
import { type Counts, FAULTS_TOLD, type Origin } from "../model/flow.ts";
import { shown } from "../model/shown.ts";
import { type Late, openLate } from "./late.ts";
import { hashOf, openSeen } from "./seen.ts";

/** What is known of a token that wants to pass, wherever it was read. */
export interface Passing {
  hash: readonly [number, number];
  /** Where it stands; an empty name: nowhere. */
  name: string;
  line: number;
}

/** The books of a run, kept in the order of reading: which ids have passed, and what raw lines gave. */
export interface Ledger {
  /** Whether a token may pass (undefined), or where its id was read before. */
  enter(token: Passing): { first: string } | undefined;
  /** What to tell of a token whose id has passed before; undefined: enough was told of such. */
  refuse(token: Pick<Token, "id" | "location">, origin: Origin, first: string): Coverage | undefined;
  /** Counts what raw lines gave. */
  count(counts: Partial<Counts>): void;
  /** Whether the next fault of this input is still told. */
  tellsFaults(): boolean;
  settle(settling: (counts: Counts) => Coverage[]): Coverage[];
  /** What only shows when all was read. */
  close(): Coverage[];
}

export function openLedger(): Ledger {
  const seen = openSeen();
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

  return {
    enter({ hash, name, line }) {
      const passed = seen.unchecked();
      const before = seen.before(hash, { name: indexOf(name), line });
      if (before) return { first: before.name === 0 ? "" : at({ uri: names[before.name] ?? "", line: before.line }) };
      if (seen.unchecked() > passed) {
        late ??= openLate();
        late.add(hash);
      }
      return undefined;
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
      return [
        ...(omitted > 0 ? [failure(new TokenwardError("RECORDS_OMITTED", { count: omitted }))] : []),
        ...(count > 0 ? [failure(new TokenwardError("TOKENS_REPEATED", { count }))] : []),
      ];
    },
  };
}

/** What the ledger has to know of a token. */
export function passing({ id, location }: Token): Passing {
  return { hash: hashOf(id), name: location?.uri ?? "", line: location?.line ?? 0 };
}

function repeated({ id, location }: Pick<Token, "id" | "location">, origin: Origin, first: string): Coverage {
  const { message: detail, remedy } = new TokenwardError("TOKEN_REPEATED", {
    id: shown(id),
    first: first && ` at ${first}`,
  });
  const { source } = origin;
  const coverage: Coverage = {
    source,
    subject: location?.uri ?? "a token",
    outcome: "failed",
    items: 0,
    detail,
    remedy,
  };
  if (!location) return { ...coverage, ...(origin.location ? { location: origin.location } : {}) };
  const { uri, line, column } = location;
  return { ...coverage, location: { uri, line, column } };
}

function failure({ message: detail, remedy }: TokenwardError): Coverage {
  return { source: "tokens", subject: "ids", outcome: "failed", items: 0, detail, remedy };
}
