/** What to look for, in small letters; letters in a text match whatever their case. */
export interface Needle {
  word: string;
  /** A number that tells groups of needles apart; groups are handed over as the sum of their bits. */
  group: number;
  /** Counts only where no letter or digit stands before it. */
  isStart?: boolean;
}

const SYMBOLS = 128;

/**
 * A search for many words at once that looks at each character once, whatever is in the text (Aho and Corasick, 1975).
 * Gives the groups that were found; ends at the first needle of a group in `enough`.
 */
export function findNeedles(needles: readonly Needle[], enough: number): (text: string) => number {
  let built: Automaton | undefined;
  return (text) => {
    built ??= automaton(needles);
    const { next, endings } = built;
    let [state, found] = [0, 0];
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      state = code < SYMBOLS ? (next[state * SYMBOLS + code] as number) : 0;
      const ending = endings[state];
      if (ending === undefined) continue;
      found |= groupsAt(ending, text, index);
      if ((found & enough) !== 0) return found;
    }
    return found;
  };
}

function groupsAt(ending: readonly Needle[], text: string, last: number): number {
  let groups = 0;
  for (const { word, group, isStart } of ending) {
    if (!isStart || startsAt(text, last - word.length)) groups |= group;
  }
  return groups;
}

/** Whether a word may begin behind this character: a letter, a digit, but for those of a percent code, would be part of it. */
function startsAt(text: string, before: number): boolean {
  return !/[A-Za-z0-9]/.test(text.charAt(before)) || /^%[0-9A-Fa-f]{2}$/.test(text.slice(before - 2, before + 1));
}

interface Automaton {
  /** For each state and symbol the next state. */
  next: Uint16Array;
  /** The needles that end in a state; of most states none. */
  endings: (Needle[] | undefined)[];
}

function automaton(needles: readonly Needle[]): Automaton {
  const { children, endings } = trie(needles);
  const next = new Uint16Array(children.length * SYMBOLS);
  const fallbacks = new Uint16Array(children.length);
  // Breadth first, so that a state's fallback, which is nearer to the root, is complete before it.
  const queue = [...(children[0]?.values() ?? [])];
  for (const [code, child] of children[0] ?? []) for (const symbol of casesOf(code)) next[symbol] = child;
  for (const state of queue) {
    const fallback = fallbacks[state] as number;
    next.copyWithin(state * SYMBOLS, fallback * SYMBOLS, (fallback + 1) * SYMBOLS);
    endings[state] = joined(endings[state], endings[fallback]);
    for (const [code, child] of children[state] ?? []) {
      fallbacks[child] = next[state * SYMBOLS + code] as number;
      for (const symbol of casesOf(code)) next[state * SYMBOLS + symbol] = child;
      queue.push(child);
    }
  }
  return { next, endings };
}

function trie(needles: readonly Needle[]): { children: Map<number, number>[]; endings: (Needle[] | undefined)[] } {
  const children = [new Map<number, number>()];
  const endings: (Needle[] | undefined)[] = [undefined];
  for (const needle of needles) {
    let state = 0;
    for (const character of needle.word) {
      const code = character.charCodeAt(0);
      const known = children[state]?.get(code);
      const child = known ?? children.push(new Map()) - 1;
      if (known === undefined) children[state]?.set(code, child);
      state = child;
    }
    endings[state] = joined(endings[state], [needle]);
  }
  return { children, endings };
}

function joined<Item>(some: Item[] | undefined, more: Item[] | undefined): Item[] | undefined {
  return some && more ? [...some, ...more] : (some ?? more);
}

function casesOf(code: number): number[] {
  const letter = String.fromCharCode(code);
  return [...new Set([code, letter.toUpperCase().charCodeAt(0)])];
}
