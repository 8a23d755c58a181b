export const BEGIN = "<!-- bench:begin -->";
export const END = "<!-- bench:end -->";

/** The page with what stands between its two marks replaced. */
export function renewed(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`the page has no ${BEGIN} with ${END} behind it`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n${page.slice(end)}`;
}
