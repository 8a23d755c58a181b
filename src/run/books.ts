import type { ReadRaw } from "../collect/index.ts";
import { openLedger } from "../collect/ledger.ts";
import type { Gate } from "../gate/index.ts";
import type { Coverage, Token } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import type { Item } from "./batches.ts";
import type { Entries } from "./entries.ts";
import type { Kin } from "./kin.ts";
import type { Shelf } from "./shelf.ts";
import { type Batch, contentOf, type Outcome, type Work } from "./work.ts";

/** Brings outcomes together, in the order of reading: only here it shows whether an id has passed before. */
export interface Books {
  enter(item: Item, outcome: Outcome): void;
  /** What is to be judged once more, after all was entered: tokens of which others tell something. */
  again(): Iterable<{ batch: Batch }>;
  /** What is to be judged when all tokens were. */
  entries(): Iterable<{ batch: Batch }>;
  supplement(outcome: Outcome): void;
  close(): Result;
}

/** A token of a batch whose id was read before, and where. */
interface Refusal {
  position: number;
  token: Token;
  first: string;
}

export interface BooksMeans {
  gate: Gate;
  work: Work;
  read: ReadRaw;
  kin: Kin;
  shelf: Shelf;
  entries: Entries;
}

/** Entries of the register in one batch. */
const AT_ONCE = 400;

export function openBooks({ gate, work, read, kin, shelf, entries }: BooksMeans): Books {
  const ledger = openLedger();
  let atEnd: Coverage[] = [];

  /** Faults and refused tokens in the order of the lines that they stand on, wherever batches begin and end. */
  const tell = ({ told, passing }: Outcome, item: Item, refusals: Refusal[]): void => {
    const refuseUpTo = (position: number): void => {
      for (let next = refusals[0]; next && next.position < position; next = refusals[0]) {
        const coverage = ledger.refuse(next.token, item.origin, next.first);
        if (coverage) gate.cover(coverage);
        refusals.shift();
      }
    };
    for (const { coverage, isFault, before } of told) {
      refuseUpTo(before);
      if (!isFault || ledger.tellsFaults()) gate.cover(coverage);
      if (isFault) ledger.count({ faults: 1 });
    }
    refuseUpTo(passing.lines.length);
    if ("raw" in item.batch) ledger.count({ tokens: passing.lines.length });
  };
  const refusalsIn = (batch: Batch, repeated: ReadonlyMap<number, string>): Refusal[] => {
    if (repeated.size === 0) return [];
    const { tokens } = contentOf(batch, read);
    return [...repeated].flatMap(([position, first]) => {
      const token = tokens[position];
      return token ? [{ position, token, first }] : [];
    });
  };

  const tellAfter = ({ after }: Item): void => {
    for (const told of after) {
      for (const coverage of "coverage" in told ? [told.coverage] : ledger.settle(told.settle)) gate.cover(coverage);
    }
  };

  return {
    enter(item, outcome) {
      const repeated = ledger.enter(outcome.passing);
      tell(outcome, item, refusalsIn(item.batch, repeated));
      // Ids that stand twice are rare: then the batch is worked on once more without them.
      const whole = repeated.size === 0 ? outcome : work(item.batch, new Set(repeated.keys()));
      const { digest, kin: lines, uses } = whole;
      gate.add(digest);
      entries.count(uses, whole.passing.lines.length);
      kin.add(lines);
      const others = outcome.told.map(({ before }) => before);
      if (lines.length > 0) shelf.put(item.batch, others);
      tellAfter(item);
    },
    *again() {
      atEnd = ledger.close();
      for (const { batch, facts } of kin.close())
        yield { batch: { ...shelf.take(batch, [...facts.keys()]), again: [...facts.values()] } };
    },
    *entries() {
      for (const coverage of atEnd) gate.cover(coverage);
      const records = entries.records(gate.gap());
      for (let from = 0; from < records.length; from += AT_ONCE)
        yield { batch: { tokens: records.slice(from, from + AT_ONCE), isEntries: true } };
    },
    supplement: ({ digest }) => gate.add(digest),
    close() {
      shelf.close();
      return gate.close();
    },
  };
}
