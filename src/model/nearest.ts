/** The word that was probably meant: at most a third of its letters away, and no more than three. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour until one word is the other. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const letters = [one[row - 2] ?? "", one[row - 1] ?? ""] as const;
    [before, last] = [last, nextRow(letters, other, { before, last, first: row })];
  }
  return last[other.length] ?? 0;
}

function nextRow(
  [previous, letter]: readonly [string, string],
  other: string,
  { before, last, first }: { before: readonly number[]; last: readonly number[]; first: number },
): number[] {
  const row = [first];
  for (const [column, target] of [...other].entries()) {
    const replaced = (last[column] ?? 0) + (letter === target ? 0 : 1);
    const isSwap = previous !== "" && previous === target && letter === other[column - 1];
    const swapped = isSwap ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
    row.push(Math.min((last[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1, replaced, swapped));
  }
  return row;
}
