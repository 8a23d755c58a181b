import { starMatcher } from "./pattern.ts";

/** Many patterns of several fields at once. */
export interface PatternIndex {
  /** Positions of those whose patterns all match, in order; each field may have several texts, one of which has to match. */
  matching(texts: readonly (readonly string[])[]): Iterable<number>;
}

/** Letters in a row that a text must have for a pattern to match it. */
const GRAM = 3;
const BUCKETS = 1 << 16;

type Test = (texts: readonly (readonly string[])[]) => boolean;

/**
 * Each pattern is filed under three letters in a row that it cannot match without, those that fewest others have, so that
 * a text of many patterns is held against few of them.
 */
export function openPatternIndex(patterns: readonly (readonly (string | undefined)[])[]): PatternIndex {
  const tests = patterns.map(testOf);
  const filed = new Map<number, number[]>();
  const isFiled = new Uint8Array(BUCKETS);
  const always: number[] = [];
  const grams = patterns.map(gramsOf);
  const popularity = counted(grams);
  for (const [position, own] of grams.entries()) {
    const rarest = leastOf(own, popularity);
    if (rarest === undefined) always.push(position);
    else {
      isFiled[rarest] = 1;
      listIn(filed, rarest).push(position);
    }
  }
  return {
    *matching(texts) {
      const candidates = new Set(always);
      const file = (position: number): void => void candidates.add(position);
      for (const gram of gramsIn(texts)) if (isFiled[gram]) filed.get(gram)?.forEach(file);
      for (const position of [...candidates].sort((one, other) => one - other))
        if (tests[position]?.(texts)) yield position;
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
  return (letters * 7 + field) & (BUCKETS - 1);
}

/** Those of the texts of each field. */
function* gramsIn(texts: readonly (readonly string[])[]): Iterable<number> {
  for (const [field, list] of texts.entries())
    for (const text of list) for (let at = 0; at + GRAM <= text.length; at += 1) yield gramAt(text, at, field);
}

function gramsOf(fields: readonly (string | undefined)[]): number[] {
  return [...gramsIn(fields.map((pattern = "") => pattern.split("*")))];
}

function counted(grams: readonly (readonly number[])[]): Uint32Array {
  const popularity = new Uint32Array(BUCKETS);
  for (const own of grams) for (const gram of new Set(own)) popularity[gram] = (popularity[gram] ?? 0) + 1;
  return popularity;
}

function leastOf(grams: readonly number[], popularity: Uint32Array): number | undefined {
  let least: number | undefined;
  for (const gram of grams) if (least === undefined || (popularity[gram] ?? 0) < (popularity[least] ?? 0)) least = gram;
  return least;
}
