import { hash } from "node:crypto";
import type { AuditChanges, AuditRun } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { diffLine, type Row, sectionsOf } from "./diff-sections.ts";
import { documentHead } from "./html-document.ts";
import { html, long, type Markup, pageText, path } from "./html-markup.ts";
import { STYLE } from "./html-style.ts";
import { capitalised } from "./sentence.ts";

/** Nothing may be loaded or run, and nothing styled but by what stands here. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash("sha256", STYLE, "base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const SHOWN = 200;

/** The page of one audit: what changed first, as `diff` tells it, then how it ended and what is beside it. */
export function renderAuditRun(run: AuditRun): string {
  const { changes, reports, as_of, outcome } = run;
  const links = reports.map(
    ({ file, format }) => html`<li><a href="${file}">${format}</a></li>
`,
  );
  return page(
    `Audit of API tokens, ${instantText(as_of)}`,
    html`<p class="lead">${outcomeText(run)}</p>
${alert(run)}`,
    html`<section id="changes">
<h2>What changed</h2>
<p>${changesText(changes)}${sinceText(changes)}</p>
${(changes.doubts ?? []).map(
  (doubt) => html`<p><strong>${long(doubt)}</strong></p>
`,
)}${changeTables("findings", changes)}${changeTables("tokens", changes)}</section>
<section id="state">
<h2>How it stands</h2>
<p>${standText(outcome)}</p>
</section>
<section id="files">
<h2>What is kept</h2>
<ul>
${links}<li><a href="run.json">this page for programs</a></li>
<li><a href="evidence/manifest.json">the evidence</a>, to be checked with <code>tokenward verify</code></li>
</ul>
<p><a href="../index.html">All audits</a></p>
</section>
`,
  );
}

/** The page of all audits in a folder, newest first. */
export function renderAuditIndex(runs: readonly AuditRun[]): string {
  const newest = [...runs].reverse();
  const rows = newest.map(
    (
      run,
    ) => html`<tr><th scope="row"><a href="${`${run.folder}/index.html`}">${instantText(run.as_of)}</a></th><td>${outcomeText(run)}</td><td>${changesText(run.changes)}${doubtNote(run.changes)}</td></tr>
`,
  );
  const [last] = newest;
  return page(
    "Audits of API tokens",
    html`<p class="lead">${last ? `The last one: ${outcomeText(last)}` : "There is none yet."}</p>
`,
    html`<section id="audits">
<h2>Audits</h2>
<table class="cards">
<thead><tr><th scope="col">As of</th><th scope="col">Ended</th><th scope="col">Changed</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</section>
`,
  );
}

/** What changed, in a few words. */
export function changesText({ reason, doubts = [], findings, tokens }: AuditChanges): string {
  if (!findings || !tokens) return capitalised(reason ?? "there is no audit before to compare with");
  if ([findings, tokens].some(({ summary }) => isDifferent(summary)))
    return `${capitalised(diffLine("findings", findings.summary))}; ${diffLine("tokens", tokens.summary)}`;
  const isKnown = doubts.length === 0 && !tokens.summary.uncertain;
  return isKnown ? "Nothing changed" : "Nothing changed as far as is known";
}

function isDifferent({ unchanged: _, uncertain: __, ...changed }: Record<string, number>): boolean {
  return Object.values(changed).some((count) => count > 0);
}

function doubtNote({ doubts = [] }: AuditChanges): string {
  return doubts.length > 0 ? "; in doubt, its page says why" : "";
}

function sinceText({ since }: AuditChanges): Markup | undefined {
  if (since === undefined) return undefined;
  return html` since <a href="${`../${since}/index.html`}">${since}</a>`;
}

/** How a run ended; that it is not whole comes first. */
function outcomeText({ outcome: { gate, summary } }: Pick<AuditRun, "outcome">): string {
  const { at_threshold, fail_on, exit_code, incomplete } = gate;
  const failed = `${number(at_threshold, "finding")} at or above ${fail_on}`;
  const told =
    exit_code === 1 ? `failed with ${failed}` : incomplete ? `${number(summary.tokens, "token")} judged` : "passed";
  return `${capitalised(incomplete ? `incomplete, ${told}` : told)}; exit code ${exit_code}`;
}

function standText({ summary }: AuditRun["outcome"]): string {
  const { tokens, verdicts, severities, coverage } = summary;
  const by = `${severities.critical} critical, ${severities.high} high, ${severities.medium} medium and ${severities.low} low`;
  return `${number(tokens, "token")}: ${by}; ${verdicts.unknown} verdicts were not possible. Of what was asked, ${coverage.denied} was denied and ${coverage.failed} failed.`;
}

function alert({ outcome: { gate } }: AuditRun): Markup | undefined {
  if (!gate.incomplete) return undefined;
  return html`<div class="alert"><h2>This audit is incomplete</h2>
<p>Not everything could be read: what was not is told as unknown, and may have changed unseen. The reports say what is missing.</p></div>
`;
}

function changeTables(what: "findings" | "tokens", { [what]: told }: AuditChanges): Markup[] {
  return sectionsOf({ [what]: told?.changes ?? [] }, SHOWN).map(
    ({ title, count, rows }) => html`<h3>${capitalised(title)} ${what}<span class="n">${count}</span></h3>
<table class="cards">
<thead><tr><th scope="col">What</th><th scope="col">Id</th><th scope="col">How</th></tr></thead>
<tbody>
${rows.map(tableRow)}</tbody>
</table>
${more(count, rows.length)}`,
  );
}

function tableRow({ what, id, says }: Row): Markup {
  return html`<tr><td>${what}</td><td>${path(id)}</td><td>${long(says.join("; "))}</td></tr>
`;
}

function more(count: number, shown: number): Markup | undefined {
  if (count <= shown) return undefined;
  return html`<p>And ${count - shown} more: <code>run.json</code> lists a thousand of each, <code>tokenward diff</code> all.</p>
`;
}

function instantText(instant: string): string {
  return instant.replace("T", " ").replace("Z", " UTC");
}

function page(title: string, lead: Markup, main: Markup): string {
  return pageText(html`${documentHead(title, POLICY)}<body>
<header>
<p class="kicker">tokenward · audits</p>
<h1>${title}</h1>
${lead}</header>
<main>
${main}</main>
</body>
</html>
`);
}
