/** All that can be reached from some things, they themselves first, each once. */
export function closure<Thing>(from: readonly Thing[], next: (thing: Thing) => readonly Thing[]): readonly Thing[] {
  const reached = new Set(from);
  // A set hands out what is added while it is walked.
  for (const thing of reached) for (const further of next(thing)) reached.add(further);
  return [...reached];
}
