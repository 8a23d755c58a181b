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

function matches(pattern: string, text: string): boolean {
  let [at, read, star, resume] = [0, 0, -1, 0];
  while (read < text.length) {
    const wanted = pattern[at];
    if (wanted === "*") [star, resume, at] = [at, read, at + 1];
    else if (wanted === "?" || wanted === text[read]) [at, read] = [at + 1, read + 1];
    else if (star < 0) return false;
    // The last asterisk takes one character more.
    else [at, resume, read] = [star + 1, resume + 1, resume + 1];
  }
  return /^\**$/.test(pattern.slice(at));
}
