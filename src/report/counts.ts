/** `2 critical, 9 high`: only what there is, in the order given. */
export function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .flatMap(([word, count]) => (count > 0 ? [`${count} ${word}`] : []))
    .join(", ");
}
