import type { ReadRaw } from "../collect/index.ts";
import { openLedger } from "../collect/ledger.ts";
import type { Gate } from "../gate/index.ts";
import type { Result } from "../model/flow.ts";
import type { Item } from "./batches.ts";
import { type Batch, contentOf, type Outcome, type Work } from "./work.ts";

/** Brings outcomes together, in the order of reading: only here it shows whether an id has passed before. */
export interface Books {
  enter(item: Item, outcome: Outcome): void;
  close(): Result;
}

export function openBooks({ gate, work, read }: { gate: Gate; work: Work; read: ReadRaw }): Books {
  const ledger = openLedger();

  const tell = ({ told, passing }: Outcome, isRaw: boolean): void => {
    for (const { coverage, isFault } of told) {
      if (!isFault || ledger.tellsFaults()) gate.cover(coverage);
      if (isFault) ledger.count({ faults: 1 });
    }
    if (isRaw) ledger.count({ tokens: passing.lines.length });
  };
  /** Ids that stand twice are rare: then the batch is worked on once more without them. */
  const without = (
    { batch, origin }: { batch: Batch; origin: Item["origin"] },
    repeated: Map<number, string>,
  ): void => {
    gate.add(work(batch, new Set(repeated.keys())).digest);
    const { tokens } = contentOf(batch, read);
    for (const [position, first] of repeated) {
      const token = tokens[position];
      const coverage = token && ledger.refuse(token, origin, first);
      if (coverage) gate.cover(coverage);
    }
  };

  return {
    enter(item, outcome) {
      const repeated = ledger.enter(outcome.passing);
      tell(outcome, "raw" in item.batch);
      if (repeated.size === 0) gate.add(outcome.digest);
      else without(item, repeated);
      for (const told of item.after) {
        for (const coverage of "coverage" in told ? [told.coverage] : ledger.settle(told.settle)) gate.cover(coverage);
      }
    },
    close() {
      for (const coverage of ledger.close()) gate.cover(coverage);
      return gate.close();
    },
  };
}
