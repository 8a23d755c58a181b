import type { Shape } from "../model/documents.gen.ts";
import { ages, breadths, expiries, lifetimes } from "../model/token-shape.ts";
import { chart, plainBar } from "./html-charts.ts";
import { html, type Markup } from "./html-markup.ts";

/** Where all tokens lie, those without findings too; nothing of a report that does not tell. */
export function shapeCharts(shape: Shape | undefined): Markup[] {
  if (!shape) return [];
  return [
    bars("When all tokens expire", expiries, { counts: shape.expiries, words: expiryWords }),
    bars("Age of all tokens", ages, { counts: shape.ages, words: ageWords }),
  ].flatMap((one) => one ?? []);
}

const LENGTHS: Readonly<Record<string, string>> = {
  "1d": "a day",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  "180d": "180 days",
  "182d": "half a year",
  "365d": "a year",
  "730d": "two years",
  never: "no end",
  unknown: "not known",
};

/** Breadth down, lifetime across: the tokens to begin with stand at the top right. */
export function shapeGrid(shape: Shape | undefined): Markup | undefined {
  const of = shape?.lifetimes ?? {};
  const cells = breadths.map((breadth) => lifetimes.map((id) => of[breadth]?.[id] ?? 0));
  const most = Math.max(...cells.flat());
  if (most === 0) return undefined;
  const rows = breadths.map(
    (breadth, row) => html`<tr><th scope="row">${breadth === "unknown" ? html`<i>not known</i>` : breadth}</th>${(
      cells[row] ?? []
    ).map(
      (count) =>
        html`<td${count === 0 ? html` class="none"` : undefined}>${count}${count > 0 ? plainBar(count, most) : undefined}</td>`,
    )}</tr>
`,
  );
  const heads = lifetimes.map((id) => html`<th scope="col">${LENGTHS[id] ?? id}</th>`);
  return html`<div class="grid"><table>
<caption>All tokens by breadth and lifetime <small>From issue to expiry, up to and with the time above. Broad and long-lived is where to begin.</small></caption>
<thead><tr><th scope="col">Breadth</th>${heads}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

/** From the first band with a token to the last, without gaps between. */
function bars(
  title: string,
  ids: readonly string[],
  { counts, words }: { counts: Readonly<Record<string, number>>; words: (id: string) => string },
): Markup | undefined {
  const told = ids.filter((id) => (counts[id] ?? 0) > 0);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const most = Math.max(...told.map((id) => counts[id] ?? 0));
  const rows = ids.slice(ids.indexOf(first), ids.indexOf(last) + 1).map((id) => {
    const count = counts[id] ?? 0;
    return html`<tr><th scope="row">${words(id)}</th><td>${plainBar(count, most)}</td><td>${count}</td></tr>
`;
  });
  return chart({ title, head: "Tokens", note: "Those without findings too.", rows });
}

function ageWords(id: string): string {
  return /^\d/.test(id) ? `up to ${LENGTHS[id] ?? id}` : (LENGTHS[id] ?? "older");
}

function expiryWords(id: string): string {
  const days = Number(/^(\d+)d$/.exec(id)?.[1]);
  if (id === "expired") return "already expired";
  if (Number.isNaN(days) || days > 84) return /^\d/.test(id) ? `within ${LENGTHS[id] ?? id}` : (LENGTHS[id] ?? "later");
  return days === 7 ? "within a week" : `in week ${days / 7}`;
}
