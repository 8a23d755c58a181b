import { isGap, isLeftOut } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { badge } from "./html-findings.ts";
import { html, long, type Markup } from "./html-markup.ts";
import { incompleteText } from "./sentence.ts";

type Outcome = Coverage["outcome"];

const TOLD = 200;
const GAPS = 10;

const meanings: readonly { outcome: Outcome; means: string }[] = [
  { outcome: "denied", means: "asked for and refused: tokens may exist that this report does not know" },
  { outcome: "failed", means: "asked for without a usable answer: tokens may exist that this report does not know" },
  { outcome: "not-asked", means: "left out on purpose" },
  { outcome: "not-exposed", means: "the provider shows it to nobody" },
  { outcome: "empty", means: "answered, and there was nothing" },
  { outcome: "read", means: "answered with tokens" },
];

/** What a reader has to know before any number: that the run is not whole, and why. */
export function incompleteNote(head: Head): Markup | undefined {
  const text = incompleteText(head);
  if (text === undefined) return undefined;
  const gaps = head.coverage.filter(({ outcome }) => isGap(outcome));
  const more = gaps.length - GAPS;
  return html`<section class="alert" aria-labelledby="incomplete">
<h2 id="incomplete">This report is incomplete</h2>
<p>${text}. What is missing may hold the worst findings.</p>
${
  gaps.length === 0
    ? undefined
    : html`<ul>
${gaps.slice(0, GAPS).map(
  (gap) => html`<li>${gap.outcome}: ${asked(gap)}</li>
`,
)}${
  more > 0
    ? html`<li>and ${more} more, see <a href="#coverage">coverage</a></li>
`
    : undefined
}</ul>
`
}</section>
`;
}

/** Which questions were asked and how they were answered: six different answers. */
export function* coverageSection(head: Head): Iterable<Markup> {
  const { coverage, summary } = head;
  yield html`<section id="coverage">
<h2>Coverage <span class="n">${number(coverage.length, "read")}</span></h2>
<p>${number(summary.tokens, "token")} came from the sources below. A report can say nothing of what was not read.</p>
<table class="outcomes">
<caption class="vh">Reads by outcome</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Reads</th><th scope="col">Means</th></tr></thead>
<tbody>
${meanings.map(
  ({
    outcome,
    means,
  }) => html`<tr><th scope="row">${badge(outcome)}</th><td>${summary.coverage[outcome] ?? 0}</td><td>${means}</td></tr>
`,
)}</tbody></table>
`;
  const those = (are: (outcome: Outcome) => boolean) => coverage.filter(({ outcome }) => are(outcome));
  yield* reads("Denied and failed", those(isGap), true);
  yield* reads("Not asked and not exposed", those(isLeftOut), coverage.length < 50);
  yield* reads(
    "Read and empty",
    those((outcome) => !isGap(outcome) && !isLeftOut(outcome)),
    coverage.length < 20,
  );
  yield html`</section>
`;
}

function* reads(title: string, events: readonly Coverage[], isOpen: boolean): Iterable<Markup> {
  if (events.length === 0) return;
  const told = events.slice(0, TOLD);
  const hasWhy = told.some(({ detail, remedy }) => detail !== undefined || remedy !== undefined);
  yield html`<details class="fold"${isOpen ? html` open` : undefined}>
<summary><h3>${title}</h3> <span class="count">${events.length}</span></summary>
<table class="cards reads">
<caption class="vh">${title}</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Asked</th><th scope="col">Tokens</th>${hasWhy ? html`<th scope="col">Why, and what to do</th>` : undefined}</tr></thead>
<tbody>
`;
  for (const event of told) {
    const { outcome, items, detail, remedy } = event;
    const why = detail === undefined ? undefined : html`<span>${long(detail)}</span>`;
    const fix = remedy === undefined ? undefined : html`<small>To fix: ${long(remedy)}</small>`;
    yield html`<tr><td>${badge(outcome)}</td><td>${asked(event)}</td><td>${items}</td>${hasWhy ? html`<td>${why}${fix}</td>` : undefined}</tr>
`;
  }
  yield html`</tbody></table>
${
  events.length > TOLD
    ? html`<p class="more">and ${events.length - TOLD} more, in the JSON report</p>
`
    : undefined
}</details>
`;
}

function asked({ source, account, subject, location }: Coverage): Markup {
  const place =
    location && !subject.includes(location.uri) ? html` <small>at <code>${at(location)}</code></small>` : undefined;
  return html`<b>${source}</b>${account === undefined ? undefined : html` <bdi>${account}</bdi>`} <bdi>${subject}</bdi>${place}`;
}
