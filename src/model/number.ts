/** A number with its noun: `1 token`, `2 tokens`, `2 policies`, `2 days`. */
export function number(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}
