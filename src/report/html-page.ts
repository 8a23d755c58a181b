import { hash } from "node:crypto";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { worstFirst } from "../model/severity.ts";
import { writeShard } from "../model/shard.ts";
import { charts, severityBar } from "./html-charts.ts";
import { documentHead } from "./html-document.ts";
import { html, type Markup, verbatim } from "./html-markup.ts";
import { SCRIPT } from "./html-script.ts";
import { shapeCharts, shapeGrid } from "./html-shape.ts";
import { STYLE } from "./html-style.ts";
import type { Tallies } from "./html-tallies.ts";
import { capitalised } from "./sentence.ts";
import { summaryLine } from "./summary.ts";
import { acceptedCount, counting } from "./waived.ts";

/** Nothing may be loaded, and nothing run or styled but what stands here. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

function hashOf(text: string): string {
  return `sha256-${hash("sha256", text, "base64")}`;
}

export function opening(head: Head): Markup {
  const { tool, as_of, profile, policies, summary, shard } = head;
  return html`${documentHead(`${tool.name}: ${headline(head)}`, POLICY)}<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<p class="kicker">${tool.name} · compliance of API tokens</p>
<h1>${headline(head)}</h1>
<p class="lead">${lead(head)}</p>
<dl class="run">
<div><dt>As of</dt><dd><time datetime="${as_of}">${as_of.replace("T", " ").replace("Z", " UTC")}</time></dd></div>
<div><dt>Tokens</dt><dd>${summary.tokens}</dd></div>
<div><dt>Policies</dt><dd>${policies.length}</dd></div>
<div><dt>Profile</dt><dd>${profile}</dd></div>
${
  shard
    ? html`<div><dt>Shard</dt><dd>${writeShard(shard)} only</dd></div>
`
    : undefined
}</dl>
<nav aria-label="Sections"><ul>
<li><a href="#summary">Summary</a></li>
<li><a href="#coverage">Coverage</a></li>
<li><a href="#findings">Findings</a></li>
<li><a href="#unknown">Unknown</a></li>
<li><a href="#controls">Controls</a></li>
<li><a href="#configuration">Configuration</a></li>
</ul></nav>
</header>
<main>
`;
}

/** What the run decided; that it is not whole comes first. */
export function headline({ gate, summary }: Head): string {
  const { exit_code, at_threshold, fail_on, incomplete } = gate;
  const { fail, unknown } = counting(summary);
  const failed = `failed with ${number(at_threshold, "finding")} at or above ${fail_on}`;
  if (incomplete && exit_code === 1) return `Incomplete, and ${failed}`;
  if (incomplete) return fail > 0 ? `Incomplete, with ${number(fail, "finding")} so far` : "Incomplete";
  if (exit_code === 1) return capitalised(failed);
  if (fail === 0) return unknown > 0 ? "No findings, but not everything could be judged" : "Passed";
  return fail_on === "never" ? number(fail, "finding") : `Passed with ${number(fail, "finding")} below ${fail_on}`;
}

function lead({ gate, summary }: Head): string {
  const { fail_on, exit_code, at_threshold } = gate;
  const { pass } = summary.verdicts;
  const { fail, unknown } = counting(summary);
  const accepted = acceptedCount(summary);
  const decided =
    fail_on === "never"
      ? "The run was set never to fail for findings"
      : `Findings of severity ${fail_on} or worse fail the run, and there ${at_threshold === 1 ? "is" : "are"} ${at_threshold === 0 ? "none" : at_threshold}`;
  return `Of ${number(fail + unknown + pass, "verdict")}, ${fail} failed, ${unknown} ${unknown === 1 ? "was" : "were"} not possible and ${pass} passed.${accepted === undefined ? "" : ` Beside them, ${accepted}.`} ${decided}; exit code ${exit_code}.`;
}

/** The numbers, and their pictures. */
export function* summarySection({ summary }: Head, told: Tallies): Iterable<Markup> {
  const { verdicts, severities: by } = summary;
  const { fail, unknown } = counting(summary);
  const tiles = worstFirst.map((severity) => tile(severity, by[severity], severity));
  yield html`<section id="summary">
<h2>Summary</h2>
<dl class="tiles">
${tiles}${tile("unknown", unknown, "unknown")}${tile("pass", verdicts.pass, "pass")}</dl>
${
  fail > 0
    ? html`<div class="whole">${severityBar(by)}</div>
`
    : undefined
}`;
  const drawn = [...charts(told), ...shapeCharts(summary.shape)];
  if (drawn.length > 0) {
    yield html`<div class="charts">
`;
    yield* drawn;
    yield html`</div>
`;
  }
  const grid = shapeGrid(summary.shape);
  if (grid) yield grid;
  yield html`</section>
`;
}

function tile(word: string, count: number, style: string): Markup {
  return html`<div class="tile ${style}${count === 0 ? " none" : undefined}"><dt>${word}</dt><dd>${count}</dd></div>
`;
}

export function closing(head: Head): Markup {
  const { tool, bundle, config } = head;
  return html`</main>
<footer>
<p>${summaryLine(head, 1_000)}</p>
<p>${tool.name} ${tool.version}; policies <code>${bundle}</code>${config === undefined ? undefined : html`; configuration <code>${config}</code>`}. The same inventory, policies and date give the same report. The eight digits below a token's name are what <code>tokenward explain</code> takes.</p>
</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`;
}
