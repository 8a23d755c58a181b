import { messageOf } from "../model/accepted.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { settingText, sourceText } from "../model/setting-text.ts";
import { worstFirst } from "../model/severity.ts";
import { counts } from "./counts.ts";
import { webUri } from "./escape.ts";
import type { Gap } from "./gaps.ts";
import { adviceOn, type Group, moreText } from "./groups.ts";
import { html, long, type Markup, path, prose } from "./html-markup.ts";
import { rowName, rowPlace, shortId } from "./row.ts";
import { acceptedCount, counting } from "./waived.ts";

/** Rows of one policy, and of all: a page of more is no longer read, and slow to open. */
export const ROWS_EACH = 200;
export const ROWS_ALL = 5_000;
/** Up to so many rows the groups stand open. */
const OPEN = 250;

/** The failures, a fold for each policy, the worst first. */
export function* findingsSection(groups: readonly Group[], head: Head): Iterable<Markup> {
  const { fail } = counting(head.summary);
  yield html`<section id="findings">
<h2>Findings <span class="n">${fail}</span></h2>
`;
  if (groups.length === 0)
    yield html`<p>${noneText(head)}</p>
`;
  else {
    const listed = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    yield intro(listed, fail);
    const policies = new Map(head.policies.map(({ policy }) => [policy.id, policy]));
    for (const group of groups) yield* groupSection(group, policies.get(group.name), listed <= OPEN);
  }
  yield html`</section>
`;
}

/** Never more than what was read and known. */
function noneText({ summary, gate }: Head): string {
  const { tokens, verdicts } = summary;
  if (tokens === 0) return "Nothing was collected, so nothing was judged.";
  if (gate.incomplete) return "Nothing fails of what was read; what was not read was not judged.";
  if (counting(summary).unknown > 0) return "Nothing fails of what could be judged; see what is unknown.";
  if (verdicts.pass === 0) return "No policy applies to these tokens.";
  if (acceptedCount(summary) !== undefined) return "Nothing fails but what is waived or in the baseline.";
  return `Every policy that applies to the ${number(tokens, "token")} passes.`;
}

function intro(listed: number, fail: number): Markup {
  const rest =
    listed < fail
      ? html` The worst ${listed} of ${fail} are listed here, at most ${ROWS_EACH} of a policy; the others are counted, and the CSV and JSON reports have them all.`
      : undefined;
  return html`<p>Grouped by policy, the worst first. Severity rises with what a token may do: the same age is worse on one that may do everything.${rest}</p>
<div id="filter" role="search" aria-label="Findings" data-unlisted="${fail - listed}" hidden>
<label>Search <input type="search" id="f-text" autocomplete="off"></label>
<label>Severity <select id="f-severity"><option value="">any</option><option>critical</option><option>high</option><option>medium</option><option>low</option></select></label>
<label>Provider <select id="f-provider"><option value="">any</option></select></label>
<label>Owner <select id="f-owner"><option value="">any</option></select></label>
<button type="button" id="f-clear">Clear</button>
<button type="button" id="f-open">Open all</button>
<output id="f-shown" aria-live="polite"></output>
</div>
`;
}

function* groupSection(group: Group, policy: Policy | undefined, isOpen: boolean): Iterable<Markup> {
  const worst = worstFirst.find((severity) => group.bySeverity[severity] > 0);
  yield html`<details class="group" id="policy-${group.name}"${isOpen ? html` open` : undefined}>
<summary>${badge(worst ?? "low")} <h3>${policy?.title ?? group.name}</h3> <code>${group.name}</code> <span class="count">${counts(group.bySeverity)}</span></summary>
${about(group, policy)}`;
  if (group.rows.length > 0) {
    yield html`<table class="rows">
<caption class="vh">Failures of ${group.name}</caption>
<thead><tr><th scope="col">Severity</th><th scope="col">Token</th><th scope="col">Provider</th><th scope="col">Owner</th><th scope="col">Place</th><th scope="col">Why</th></tr></thead>
<tbody>
`;
    for (const finding of group.rows) yield row(finding, policy);
    yield html`</tbody></table>
`;
  }
  const more = moreText(group);
  if (more !== undefined)
    yield html`<p class="more">${more}, in the CSV and JSON reports</p>
`;
  yield html`</details>
`;
}

function about(group: Group, policy: Policy | undefined): Markup | undefined {
  if (!policy) return undefined;
  const advice = adviceOn(group, new Map([[policy.id, policy]]), Number.POSITIVE_INFINITY);
  const numbers = advice.filter(({ label }) => label === "set");
  const fixes = advice.filter(({ label }) => label !== "set");
  const fixText = (label: string) => label.replace(/^fix/, "What to do");
  const served = Object.entries(policy.controls)
    .map(([framework, controls]) => `${framework} ${Object.keys(controls).join(", ")}`)
    .join("; ");
  return html`<p>${prose(policy.description)}</p>
<dl class="about">
${fixes.map(
  ({ label, text }) => html`<dt>${fixText(label)}</dt><dd>${prose(text)}</dd>
`,
)}${numbers.map(
  ({ text }) => html`<dt>Limit set here</dt><dd>${long(text)}</dd>
`,
)}${
  served === ""
    ? undefined
    : html`<dt>Serves</dt><dd class="quiet">${long(served)}</dd>
`
}</dl>
`;
}

function row(finding: Finding, policy: Policy | undefined): Markup {
  const { severity, token } = finding;
  return html`<tr class="f"><td>${badge(severity)}</td><td><b>${rowName(finding)}</b>${link(token.url)}<small><code>${shortId(finding)}</code></small></td><td><b>${token.provider}</b><small>${token.kind}</small><small>${token.account}</small></td><td>${owner(token)}</td><td><code>${path(rowPlace(finding))}</code></td><td>${long(messageOf(finding))}${limits(finding, policy)}</td></tr>
`;
}

export function badge(word: string): Markup {
  return html`<span class="s ${word.replaceAll(" ", "-")}">${word}</span>`;
}

/** Says where it leads: the host cannot be another than the one that is shown. */
function link(url: string | undefined): Markup | undefined {
  const target = url === undefined || url.length > 2_000 ? undefined : webUri(url);
  if (target === undefined) return undefined;
  return html`<small><a href="${long(target)}" rel="noopener noreferrer">${new URL(target).host}</a></small>`;
}

function owner({ owner, principal }: Finding["token"]): Markup {
  const named = owner?.trim();
  const acts = principal?.trim();
  return html`${named ? html`<b>${named}</b>` : html`<i>not named</i>`}${acts && acts !== named ? html`<small>acts as ${acts}</small>` : undefined}`;
}

/** The numbers that it was held against, and who says so. */
function limits({ thresholds }: Finding, policy: Policy | undefined): Markup[] {
  return Object.entries(thresholds).map(
    ([name, threshold]) =>
      html`<small>${name} <b>${settingText(policy?.params[name]?.type, threshold)}</b>, source: ${long(sourceText(threshold))}</small>`,
  );
}

/** What could not be judged, and why: never a pass. */
export function* unknownSection(gaps: readonly Gap[], { summary }: Head): Iterable<Markup> {
  yield html`<section id="unknown">
<h2>Unknown <span class="n">${counting(summary).unknown}</span></h2>
`;
  if (gaps.length === 0) {
    yield html`<p>Every policy that applies could be judged on what was read.</p>
</section>
`;
    return;
  }
  yield html`<p>These verdicts were not possible, because too little is known of the token. None of them counts as a pass.</p>
<table class="cards unknowns">
<caption class="vh">Verdicts that were not possible</caption>
<thead><tr><th scope="col">Policy</th><th scope="col">Verdicts</th><th scope="col">Why</th><th scope="col">Kinds</th></tr></thead>
<tbody>
`;
  for (const { policy, count, why, kinds } of gaps)
    yield html`<tr class="u"><th scope="row"><code>${policy}</code></th><td>${count}</td><td>${long(why)}</td><td>${long(kinds.join(", "))}</td></tr>
`;
  yield html`</tbody></table>
</section>
`;
}
