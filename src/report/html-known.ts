import type { Finding } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { html, long, type Markup } from "./html-markup.ts";
import { idleEntries } from "./known.ts";
import { nameOf } from "./sentence.ts";
import { knownCount, knownIn } from "./waived.ts";

/** What is accepted as known, and the entries that somebody should look at; nothing of a run without a baseline. */
export function* knownSection(rows: readonly Finding[], head: Head): Iterable<Markup> {
  const { all } = knownIn(head.summary);
  const { entries, rest } = idleEntries(head);
  if (all + entries.length === 0) return;
  yield html`<section id="baseline">
<h2>In the baseline <span class="n">${all}</span></h2>
`;
  if (rows.length > 0) yield* table(rows, head);
  const left = all - rows.length;
  if (left > 0)
    yield html`<p class="more">and ${left} more, in the CSV and JSON reports</p>
`;
  if (entries.length > 0) {
    yield html`<h3>Entries to look at</h3>
<ul>
`;
    for (const text of [...entries, ...rest])
      yield html`<li>${long(text)}</li>
`;
    yield html`</ul>
`;
  }
  yield html`</section>
`;
}

function* table(rows: readonly Finding[], { summary }: Head): Iterable<Markup> {
  yield html`<p>${knownCount(summary)}. They were accepted as known and do not fail the run.</p>
<table class="cards waivers">
<caption class="vh">Findings in the baseline</caption>
<thead><tr><th scope="col">Policy</th><th scope="col">Token</th><th scope="col">Severity</th><th scope="col">Since</th><th scope="col">Until</th></tr></thead>
<tbody>
`;
  for (const row of rows) yield rowOf(row);
  yield html`</tbody></table>
`;
}

function rowOf({ policy, token, verdict, severity, baseline }: Finding): Markup {
  const style = verdict === "fail" ? severity : "unknown";
  return html`<tr class="b"><th scope="row"><code>${policy}</code></th><td>${long(nameOf(token))}<small>${long(token.id)}</small></td><td><span class="s ${style}">${style}</span></td><td>${baseline?.accepted}</td><td>${baseline?.until ?? "for good"}</td></tr>
`;
}
