import type { Finding } from "../model/documents.gen.ts";
import { html, long, type Markup } from "./html-markup.ts";
import { nameOf } from "./sentence.ts";

/** A section of the page on findings that somebody has accepted, and on what of it somebody should look at. */
export interface AcceptedSection {
  id: string;
  title: string;
  /** How many there are, told here or not. */
  all: number;
  rows: readonly Finding[];
  /** What stands above the table. */
  lead: string;
  caption: string;
  /** The columns behind policy, token and severity. */
  columns: readonly string[];
  cells: (finding: Finding) => readonly (Markup | string | undefined)[];
  /** The class of a row. */
  mark: "w" | "b";
  look: { heading: string; entries: readonly string[]; rest: readonly string[] };
}

/** Nothing of a run in which nothing is accepted. */
export function* acceptedSection(section: AcceptedSection): Iterable<Markup> {
  const { id, title, all, rows, look } = section;
  if (all + look.entries.length === 0) return;
  yield html`<section id="${id}">
<h2>${title} <span class="n">${all}</span></h2>
`;
  if (rows.length > 0) yield* table(section);
  const left = all - rows.length;
  if (left > 0)
    yield html`<p class="more">and ${left} more, in the CSV and JSON reports</p>
`;
  if (look.entries.length > 0) {
    yield html`<h3>${look.heading}</h3>
<ul>
`;
    for (const text of [...look.entries, ...look.rest])
      yield html`<li>${long(text)}</li>
`;
    yield html`</ul>
`;
  }
  yield html`</section>
`;
}

function* table({ rows, lead, caption, columns, cells, mark }: AcceptedSection): Iterable<Markup> {
  const heads = ["Policy", "Token", "Severity", ...columns].map((column) => html`<th scope="col">${column}</th>`);
  yield html`<p>${lead}</p>
<table class="cards waivers">
<caption class="vh">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
`;
  for (const row of rows) yield rowOf(row, cells(row), mark);
  yield html`</tbody></table>
`;
}

function rowOf(
  { policy, token, verdict, severity }: Finding,
  cells: readonly (Markup | string | undefined)[],
  mark: string,
): Markup {
  const style = verdict === "fail" ? severity : "unknown";
  const others = cells.map((cell) => html`<td>${cell}</td>`);
  return html`<tr class="${mark}"><th scope="row"><code>${policy}</code></th><td>${long(nameOf(token))}<small>${long(token.id)}</small></td><td><span class="s ${style}">${style}</span></td>${others}</tr>
`;
}
