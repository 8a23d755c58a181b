import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { bySilence, type ControlCoverage, controlCoverage } from "./controls.ts";
import { counts } from "./counts.ts";
import { badge } from "./html-findings.ts";
import { html, long, type Markup } from "./html-markup.ts";

/** What the run says of each control of each framework: a fold for each. */
export function* controlsSection(head: Head): Iterable<Markup> {
  const controls = controlCoverage(head, () => true);
  const frameworks = [...new Set(controls.map(({ framework }) => framework))];
  yield html`<section id="controls">
<h2>Controls <span class="n">${number(frameworks.length, "framework")}</span></h2>
<p>Counted are verdicts, one for each policy on each token. There is no score: a passing check does not by itself satisfy a control, and of controls that no policy serves nothing is said.</p>
`;
  for (const framework of frameworks) {
    yield* frameworkFold(
      framework,
      controls.filter((one) => one.framework === framework),
    );
  }
  yield html`</section>
`;
}

const states = ["fail", "unknown", "pass in part", "pass", "never judged", "no policy"] as const;

function* frameworkFold(framework: string, controls: readonly ControlCoverage[]): Iterable<Markup> {
  const told = Object.fromEntries(states.map((state) => [state, controls.filter((one) => one.state === state).length]));
  yield html`<details class="fold">
<summary><h3><bdi>${framework.trim() || "(unnamed)"}</bdi></h3> <span class="count">${number(controls.length, "control")}: ${counts(told)}</span></summary>
<table class="cards controls">
<caption class="vh">Controls of ${framework}</caption>
<thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">Fail</th><th scope="col">Unknown</th><th scope="col">Pass</th><th scope="col">Policies</th></tr></thead>
<tbody>
`;
  for (const control of controls) yield controlRow(control);
  yield html`</tbody></table>
</details>
`;
}

function controlRow({ control, title, state, verdicts: { fail, unknown, pass }, policies }: ControlCoverage): Markup {
  const served = [...bySilence(policies)].map(([silence, ids]) =>
    silence === ""
      ? html`<span>${long(ids.join(", "))}</span>`
      : html`<small>${silence}: ${long(ids.join(", "))}</small>`,
  );
  const isJudged = fail + unknown + pass > 0;
  const cells = [fail, unknown, pass].map((count) => html`<td>${isJudged ? count : "–"}</td>`);
  return html`<tr><th scope="row">${control}${title === undefined ? undefined : html`<small>${title}</small>`}</th><td>${badge(state)}</td>${cells}<td>${served}</td></tr>
`;
}
