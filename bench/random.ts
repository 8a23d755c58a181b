/** Numbers from 0 to 1 that are the same for the same seed (Mulberry32: small, and good enough to spread values). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the choices. */
export function pick<Choice>(choices: readonly Choice[], random: () => number): Choice {
  const index = Math.floor(random() * choices.length);
  if (index >= choices.length) throw new RangeError("there is nothing to pick from");
  return choices[index] as Choice;
}
