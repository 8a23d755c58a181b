import { isGap } from "../model/coverage.ts";
import type { Token } from "../model/documents.gen.ts";
import { entryRecords } from "../model/entry-record.ts";
import type { Collected } from "../model/flow.ts";
import type { Registered } from "../model/intent.ts";
import { registerOf } from "../model/register.ts";

/** How many tokens each entry of the register matches, by position; those that none does are not among them. */
export type Uses = ReadonlyMap<number, number>;

/** Counts which entries match, over all tokens that were read, also those that another shard judges. */
export function usesOf(
  tokens: readonly Token[],
  entries: readonly Registered[] | undefined,
  without?: ReadonlySet<number>,
): Uses {
  if (!entries) return NONE;
  const { all } = registerOf(entries);
  const uses = new Map<number, number>();
  for (const [position, token] of tokens.entries()) {
    if (without?.has(position)) continue;
    for (const index of all(token)) uses.set(index, (uses.get(index) ?? 0) + 1);
  }
  return uses;
}

const NONE: Uses = new Map();

/** The entries as records, where all that was read is at hand. */
export function entriesAfter(
  items: readonly Collected[],
  register: readonly Registered[] | undefined,
  asOf: string,
): Token[] {
  const tokens = items.flatMap((item) => ("token" in item ? [item.token] : []));
  const gaps = items.flatMap((item) =>
    "coverage" in item && isGap(item.coverage.outcome) ? [item.coverage.outcome] : [],
  );
  const gap = gaps[0] ?? (tokens.length === 0 ? UNASKED : undefined);
  return entryRecords(register ?? [], { counts: usesOf(tokens, register), gap }, asOf);
}

const UNASKED = "not-asked";

/** The entries of the register, which are judged after all tokens were read: only then it shows which match none. */
export interface Entries {
  count(uses: Uses, tokens: number): void;
  /** As records to be judged. `gap`: why a token may have gone unread; a run that read none at all does not know either. */
  records(gap: string | undefined): Token[];
}

export function openEntries(register: readonly Registered[] | undefined, asOf: string): Entries {
  const counts = new Map<number, number>();
  let read = 0;
  return {
    count(uses, tokens) {
      read += tokens;
      for (const [index, count] of uses) counts.set(index, (counts.get(index) ?? 0) + count);
    },
    records: (found) =>
      entryRecords(register ?? [], { counts, gap: found ?? (read === 0 ? UNASKED : undefined) }, asOf),
  };
}
