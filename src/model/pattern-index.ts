import { starMatcher } from "./pattern.ts";

/** Many patterns of several fields at once. */
export interface PatternIndex {
  /** Positions of those whose patterns all match, in order; each field may have several texts, one of which has to match. */
  matching(texts: readonly (readonly string[])[]): Iterable<number>;
}

/** Letters in a row that a text must have for a pattern to match it. */
const GRAM = 3;
/** Buckets to file under: some for each pattern, as a power of two. */
const [FEWEST, MOST, EACH] = [64, 1 << 16, 4];

type Test = (texts: readonly (readonly string[])[]) => boolean;

/**
 * Each pattern is filed under three letters in a row that it cannot match without, those that fewest others have, so that
 * a text of many patterns is held against few of them.
 */
export function openPatternIndex(patterns: readonly (readonly (string | undefined)[])[]): PatternIndex {
  const tests = patterns.map(testOf);
  const buckets = Math.min(MOST, Math.max(FEWEST, 2 ** Math.ceil(Math.log2(patterns.length * EACH + 1))));
  const filed = new Map<number, number[]>();
  /** In which asking a bucket was last looked at; 0: nothing is filed there. */
  const lastAsked = new Float64Array(buckets);
  let asked = 1;
  const always: number[] = [];
  const grams = patterns.map((fields) => gramsOf(fields, buckets));
  const popularity = counted(grams, buckets);
  for (const [position, own] of grams.entries()) {
    const rarest = leastOf(own, popularity);
    if (rarest === undefined) always.push(position);
    else {
      lastAsked[rarest] = 1;
      listIn(filed, rarest).push(position);
    }
  }
  return {
    *matching(texts) {
      const candidates = [...always];
      asked += 1;
      const here = asked;
      eachGram(texts, buckets, (gram) => {
        // However often a text repeats its letters, what is filed under them is looked at once.
        if (lastAsked[gram] === 0 || lastAsked[gram] === here) return;
        lastAsked[gram] = here;
        for (const position of filed.get(gram) ?? []) candidates.push(position);
      });
      if (candidates.length > 1) candidates.sort((one, other) => one - other);
      for (const position of candidates) if (tests[position]?.(texts)) yield position;
    },
  };
}

/** The list that a map holds for a key, a new one where it has none. */
export function listIn<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function testOf(fields: readonly (string | undefined)[]): Test {
  const tests = fields.flatMap((pattern, field) =>
    pattern === undefined ? [] : [{ field, matches: starMatcher(pattern) }],
  );
  return (texts) => tests.every(({ field, matches }) => texts[field]?.some(matches) ?? false);
}

/** A number for three letters of a field; two may share one, as every candidate is looked at once more. */
function gramAt(text: string, at: number, field: number): number {
  const letters = (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2);
  return letters * 7 + field;
}

/** Told one by one, without a list of them: a million tokens pass here. */
function eachGram(texts: readonly (readonly string[])[], buckets: number, tell: (gram: number) => void): void {
  for (let field = 0; field < texts.length; field += 1)
    for (const text of texts[field] ?? []) {
      const end = text.length - GRAM;
      for (let at = 0; at <= end; at += 1) tell(gramAt(text, at, field) & (buckets - 1));
    }
}

function gramsOf(fields: readonly (string | undefined)[], buckets: number): number[] {
  const grams: number[] = [];
  eachGram(
    fields.map((pattern = "") => pattern.split("*")),
    buckets,
    (gram) => void grams.push(gram),
  );
  return grams;
}

function counted(grams: readonly (readonly number[])[], buckets: number): Uint32Array {
  const popularity = new Uint32Array(buckets);
  for (const own of grams) for (const gram of new Set(own)) popularity[gram] = (popularity[gram] ?? 0) + 1;
  return popularity;
}

function leastOf(grams: readonly number[], popularity: Uint32Array): number | undefined {
  let least: number | undefined;
  for (const gram of grams) if (least === undefined || (popularity[gram] ?? 0) < (popularity[least] ?? 0)) least = gram;
  return least;
}
