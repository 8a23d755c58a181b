/** Does the work for several items at a time, and gives the outcomes in the order of the items. Never more than `limit` wait to be taken. */
export async function* inOrder<Item, Outcome>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Outcome>,
): AsyncIterable<Outcome> {
  const begun: Promise<Outcome>[] = [];
  for await (const item of items) {
    const outcome = work(item);
    // A failure is told when its turn comes; until then it must not count as unhandled.
    outcome.catch(() => undefined);
    begun.push(outcome);
    if (begun.length >= limit) yield begun.shift() as Promise<Outcome>;
  }
  for (const outcome of begun) yield outcome;
}
