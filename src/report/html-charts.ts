import { formatDuration } from "../model/duration.ts";
import { number } from "../model/number.ts";
import { worstFirst } from "../model/severity.ts";
import { type BySeverity, counts, totalOf } from "./counts.ts";
import { type Content, html, type Markup } from "./html-markup.ts";
import { type Ages, type Bar, longest, OTHERS, type Tallies } from "./html-tallies.ts";

const BARS = 10;
/** Length of the longest bar, in the units of its picture. */
const WIDTH = 1_000;

/** Every chart that the findings hold the numbers for; each is a table, so that its picture is never the only way to read it. */
export function charts({ owners, policies, providers, breadths, expiries, ages }: Tallies): Markup[] {
  return [
    barChart("Failures by policy", policies, { linked: true }),
    barChart("Failures by owner", owners, { none: "no owner named" }),
    barChart("When failing tokens expire", expiries, {
      note: "Only failures whose policy tells the end of the token.",
    }),
    barChart("Failures by provider", providers),
    barChart("Failures by breadth of the token", breadths, { none: "breadth not known" }),
    ageChart(ages),
  ].filter((chart) => chart !== undefined);
}

/** All failures as one bar. */
export function severityBar({ critical, high, medium, low }: BySeverity): Markup {
  const of = { critical, high, medium, low };
  return picture(of, totalOf(of));
}

interface Wording {
  /** What to call the findings that say nothing. */
  none?: string;
  note?: string;
  linked?: boolean;
}

function barChart(
  title: string,
  bars: readonly Bar[],
  { none = "not told", note, linked }: Wording = {},
): Markup | undefined {
  if (bars.length === 0) return undefined;
  const told = longest(bars, BARS);
  const most = Math.max(...told.map(({ total }) => total));
  const name = ({ label }: Bar): Content => {
    if (label === undefined) return html`<i>${none}</i>`;
    return linked && label !== OTHERS ? html`<a href="#policy-${label}">${label}</a>` : html`<bdi>${label}</bdi>`;
  };
  const rows = told.map(
    (
      bar,
    ) => html`<tr><th scope="row">${name(bar)}</th><td>${picture(bar.counts, most)}</td><td>${bar.total}<small>${counts(bar.counts)}</small></td></tr>
`,
  );
  return chart({ title, head: "Failures", note, rows });
}

function ageChart(ages: readonly Ages[]): Markup | undefined {
  if (ages.length === 0) return undefined;
  const told = ages.slice(0, BARS);
  const most = Math.max(1, ...told.flatMap(({ oldest, limit }) => [oldest, limit.most]));
  const rows = told.map(
    (
      age,
    ) => html`<tr><th scope="row"><bdi>${age.kind}</bdi></th><td>${agePicture(age, most)}</td><td>${agesText(age)}<small>${limitText(age)}</small></td></tr>
`,
  );
  const more = ages.length > BARS ? ` ${number(ages.length - BARS, "more kind")} not shown.` : "";
  const note = `Only failures against a greatest age: from the youngest to the oldest; the mark is the limit.${more}`;
  return chart({ title: "Age of failing tokens against their limit", head: "Age", note, rows });
}

function agesText({ youngest, oldest }: Pick<Ages, "youngest" | "oldest">): string {
  const [least, most] = [wholeDays(youngest), wholeDays(oldest)];
  return least === most ? most : `${least} to ${most}`;
}

function limitText({ count, limit: { least, most } }: Ages): string {
  const limit = least === most ? `limit ${wholeDays(most)}` : `limits ${wholeDays(least)} to ${wholeDays(most)}`;
  return `${number(count, "failure")}, ${limit}`;
}

const DAY = 86_400;

function wholeDays(seconds: number): string {
  return seconds < DAY ? formatDuration(seconds) : number(Math.floor(seconds / DAY), "day");
}

interface Chart {
  title: string;
  head: string;
  note: string | undefined;
  rows: readonly Markup[];
}

export function chart({ title, head, note, rows }: Chart): Markup {
  return html`<div class="chart"><table>
<caption>${title}${note === undefined ? undefined : html` <small>${note}</small>`}</caption>
<thead class="vh"><tr><th scope="col">Of</th><th scope="col">Share</th><th scope="col">${head}</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

/** A bar of up to four pieces, the worst first. */
function picture(of: BySeverity, most: number): Markup {
  let left = 0;
  const pieces = worstFirst.map((severity) => {
    const width = scaled(of[severity], most);
    const piece = width > 0 ? html`<rect class="${severity}" x="${left}" width="${width}" height="10"/>` : undefined;
    left = tenths(left + width);
    return piece;
  });
  return svg(counts(of) || "none", pieces);
}

/** One bar that tells of no severity. */
export function plainBar(count: number, most: number): Markup {
  return svg(String(count), [html`<rect class="age" width="${scaled(count, most)}" height="10"/>`]);
}

/** The whole life of the oldest, in it the span from the youngest, and the limit. */
function agePicture({ youngest, oldest, limit }: Ages, most: number): Markup {
  const until = scaled(oldest, most);
  const from = Math.max(0, Math.min(scaled(youngest, most), until - 8));
  const marks = [...new Set([limit.least, limit.most])].map(
    (one) => html`<rect class="limit" x="${Math.min(scaled(one, most), WIDTH - 4)}" width="4" height="10"/>`,
  );
  const life = html`<rect class="since" width="${until}" height="10"/>`;
  const span = html`<rect class="age" x="${from}" width="${tenths(until - from)}" height="10"/>`;
  return svg(`${agesText({ youngest, oldest })} old`, [life, span, ...marks]);
}

function svg(title: string, pieces: readonly Content[]): Markup {
  return html`<svg role="img" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none"><title>${title}</title>${pieces}</svg>`;
}

function scaled(value: number, most: number): number {
  return most <= 0 ? 0 : tenths((Math.max(0, value) / most) * WIDTH);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
