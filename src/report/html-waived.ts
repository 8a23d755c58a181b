import type { Finding } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { html, long, type Markup } from "./html-markup.ts";
import { nameOf } from "./sentence.ts";
import { idleWaivers, waivedCount, waivedIn } from "./waived.ts";

/** What somebody answers for until a day, and the waivers that somebody should look at; nothing of a run without any. */
export function* waivedSection(rows: readonly Finding[], head: Head): Iterable<Markup> {
  const { all } = waivedIn(head.summary);
  const { entries, rest } = idleWaivers(head);
  if (all + entries.length === 0) return;
  yield html`<section id="waived">
<h2>Waived <span class="n">${all}</span></h2>
`;
  if (rows.length > 0) yield* table(rows, head);
  const left = all - rows.length;
  if (left > 0)
    yield html`<p class="more">and ${left} more, in the CSV and JSON reports</p>
`;
  if (entries.length > 0) {
    yield html`<h3>Waivers to look at</h3>
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
  yield html`<p>${waivedCount(summary)}. They are exceptions that do not fail the run, each until a day.</p>
<table class="cards waivers">
<caption class="vh">Findings that are waived</caption>
<thead><tr><th scope="col">Policy</th><th scope="col">Token</th><th scope="col">Severity</th><th scope="col">Why it may stand</th><th scope="col">Until</th><th scope="col">Who answers</th></tr></thead>
<tbody>
`;
  for (const row of rows) yield rowOf(row);
  yield html`</tbody></table>
`;
}

function rowOf({ policy, token, verdict, severity, waived }: Finding): Markup {
  const style = verdict === "fail" ? severity : "unknown";
  const people = waived ? html`${long(waived.owner)}<small>approved by ${long(waived.approver)}</small>` : undefined;
  return html`<tr class="w"><th scope="row"><code>${policy}</code></th><td>${long(nameOf(token))}<small>${long(token.id)}</small></td><td><span class="s ${style}">${style}</span></td><td>${long(waived?.reason ?? "")}<small>at <code>${waived?.by}</code></small></td><td>${waived?.expires}</td><td>${people}</td></tr>
`;
}
