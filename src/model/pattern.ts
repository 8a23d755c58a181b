/** A test for a pattern in which `*` stands for any characters: in time that grows with pattern and text, whatever they are. */
export function starMatcher(pattern: string): (text: string) => boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return (text) => text === pattern;
  const middle = others.filter((part) => part !== "").map(finder);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const find of middle) {
      at = find(text, at, end);
      if (at < 0) return false;
    }
    return true;
  };
}

/** Where the first place of a part ends between two others, or -1; by Knuth, Morris and Pratt, as no text is looked at twice. */
function finder(part: string): (text: string, from: number, end: number) => number {
  const borders = bordersOf(part);
  return (text, from, end) => {
    let matched = 0;
    for (let at = from; at < end; at += 1) {
      matched = longer(matched, text[at], { part, borders });
      if (matched === part.length) return at + 1;
    }
    return -1;
  };
}

/** How much of a part's beginning matches once one more character was read. */
function longer(
  before: number,
  character: string | undefined,
  { part, borders }: { part: string; borders: readonly number[] },
): number {
  let matched = before;
  while (matched > 0 && character !== part[matched]) matched = borders[matched - 1] ?? 0;
  return character === part[matched] ? matched + 1 : matched;
}

/** For each beginning of a part the length of the longest shorter beginning that it ends with. */
function bordersOf(part: string): number[] {
  const borders = [0];
  for (let at = 1; at < part.length; at += 1) borders.push(longer(borders[at - 1] ?? 0, part[at], { part, borders }));
  return borders;
}
