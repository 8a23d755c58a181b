import type { Result } from "../model/flow.ts";
import { grouped } from "./groups.ts";
import { configurationSection } from "./html-configuration.ts";
import { controlsSection } from "./html-controls.ts";
import { coverageSection, incompleteNote } from "./html-coverage.ts";
import { findingsSection, ROWS_ALL, ROWS_EACH, unknownSection } from "./html-findings.ts";
import { knownSection } from "./html-known.ts";
import { html, type Markup, pageText } from "./html-markup.ts";
import { closing, opening, summarySection } from "./html-page.ts";
import { tallier } from "./html-tallies.ts";
import { waivedSection } from "./html-waived.ts";

/** One page for an auditor, to be opened from a mail: no request, no script needed, and nothing in it but what the run says. */
export async function* renderHtml({ head, findings }: Result): AsyncIterable<string> {
  const tallies = tallier(head.as_of);
  const { groups, gaps, waived, known } = await grouped(findings, { each: ROWS_EACH, all: ROWS_ALL, see: tallies.see });
  for (const markup of page()) yield pageText(markup);

  function* page(): Iterable<Markup> {
    yield opening(head);
    yield html`${incompleteNote(head)}`;
    yield* summarySection(head, tallies.told());
    yield* coverageSection(head);
    yield* findingsSection(groups, head);
    yield* unknownSection(gaps, head);
    yield* waivedSection(waived, head);
    yield* knownSection(known, head);
    yield* controlsSection(head);
    yield* configurationSection(head);
    yield closing(head);
  }
}
