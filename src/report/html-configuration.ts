import type { ParameterChange } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { rationaleOf } from "../model/setting-text.ts";
import { listed, saysText } from "./changes.ts";
import { html, long, type Markup } from "./html-markup.ts";

const TOLD = 200;

/** What the run was held to, where that differs from what is built in, and by which policies. */
export function* configurationSection(head: Head): Iterable<Markup> {
  const { parameters = [], disabled = [] } = head;
  yield html`<section id="configuration">
<h2>Configuration <span class="n">${number(parameters.length + disabled.length, "change")}</span></h2>
`;
  if (parameters.length + disabled.length === 0)
    yield html`<p>Profile ${head.profile}; the configuration changes no limit and switches no policy off.</p>
`;
  if (parameters.length > 0) yield* changes(parameters);
  if (disabled.length > 0) {
    yield html`<h3>Policies switched off</h3>
<ul>
`;
    for (const { id, title } of disabled)
      yield html`<li><code>${id}</code> <bdi>${title}</bdi></li>
`;
    yield html`</ul>
`;
  }
  yield* policies(head);
  yield html`</section>
`;
}

function* changes(parameters: readonly ParameterChange[]): Iterable<Markup> {
  const reasoned = parameters.filter((one) => rationaleOf(one).length > 0);
  const bare = parameters.filter((one) => rationaleOf(one).length === 0);
  const told = [...reasoned, ...bare].slice(0, TOLD);
  yield html`<p>What the configuration says otherwise than the policies, and why.</p>
<table class="cards changes">
<caption class="vh">What the configuration changes</caption>
<thead><tr><th scope="col">Policy</th><th scope="col">For</th><th scope="col">Says</th><th scope="col">Instead of</th><th scope="col">Why</th></tr></thead>
<tbody>
`;
  for (const change of told) yield changeRow(change);
  yield html`</tbody></table>
`;
  if (parameters.length > TOLD)
    yield html`<p class="more">and ${parameters.length - TOLD} more, in the JSON report</p>
`;
}

function changeRow(change: ParameterChange): Markup {
  const { policy, kind, instead_of, source, overdue } = change;
  const otherwise = instead_of === undefined ? undefined : listed(instead_of);
  const why = rationaleOf(change);
  return html`<tr><th scope="row"><code>${policy}</code></th><td>${kind ?? "any kind"}</td><td>${long(saysText(change))}</td><td>${otherwise === undefined ? "–" : long(otherwise)}</td><td>${why.length === 0 ? html`<i>no reason given</i>` : why.map((one) => html`<span>${long(one)}</span>`)}${overdue ? html`<span class="s high">review overdue</span>` : undefined}<small>at <code>${source}</code></small></td></tr>
`;
}

function* policies({ policies }: Head): Iterable<Markup> {
  yield html`<details class="fold">
<summary><h3>Policies that judged</h3> <span class="count">${policies.length}</span></summary>
<table class="cards policies">
<caption class="vh">Verdicts by policy</caption>
<thead><tr><th scope="col">Policy</th><th scope="col">Fail</th><th scope="col">Unknown</th><th scope="col">Pass</th><th scope="col">Not applicable</th></tr></thead>
<tbody>
`;
  for (const { policy, verdicts } of policies)
    yield html`<tr><th scope="row"><code>${policy.id}</code><small>${policy.title}</small></th><td>${verdicts.fail}</td><td>${verdicts.unknown}</td><td>${verdicts.pass}</td><td>${verdicts.not_applicable}</td></tr>
`;
  yield html`</tbody></table>
</details>
`;
}
