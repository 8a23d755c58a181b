/** Whether a text holds a wildcard. */
export function isPattern(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/**
 * A test for a pattern in which `*` stands for any characters and `?` for one.
 * No regular expression: one with many asterisks can be made to take for ever.
 */
export function matcher(pattern: string): (text: string) => boolean {
  if (!isPattern(pattern)) return (text) => text === pattern;
  return (text) => matches(pattern, text);
}

/**
 * Whether the outer pattern matches whatever the inner one does. A no may be wrong where both hold wildcards side by side
 * (`?*` and `*?`), a yes never is.
 */
export function covers(outer: string, inner: string): boolean {
  return isPattern(outer) ? matches(outer, inner, "*") : outer === inner;
}

/** Whether some text may be matched by both patterns: what they begin and end with decides; a yes may be wrong, a no never is. */
export function overlaps(one: string, other: string): boolean {
  if (!isPattern(other)) return matcher(one)(other);
  if (!isPattern(one)) return matches(other, one);
  const [start, otherStart] = [before(one), before(other)];
  const [end, otherEnd] = [after(one), after(other)];
  const areStarts = start.startsWith(otherStart) || otherStart.startsWith(start);
  return areStarts && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
}

function before(pattern: string): string {
  return pattern.slice(0, pattern.search(/[*?]/));
}

function after(pattern: string): string {
  return pattern.slice(Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?")) + 1);
}

/** A barred character is matched by no `?`. */
function matches(pattern: string, text: string, barred?: string): boolean {
  let [at, read, star, resume] = [0, 0, -1, 0];
  while (read < text.length) {
    const wanted = pattern[at];
    if (wanted === "*") [star, resume, at] = [at, read, at + 1];
    else if (wanted === "?" ? text[read] !== barred : wanted === text[read]) [at, read] = [at + 1, read + 1];
    else if (star < 0) return false;
    // The last asterisk takes one character more.
    else [at, resume, read] = [star + 1, resume + 1, resume + 1];
  }
  return /^\**$/.test(pattern.slice(at));
}
