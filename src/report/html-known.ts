import type { Finding } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { acceptedSection } from "./html-accepted.ts";
import type { Markup } from "./html-markup.ts";
import { idleEntries } from "./known.ts";
import { knownCount, knownIn } from "./waived.ts";

/** What is accepted as known, and the entries that somebody should look at; nothing of a run without a baseline. */
export function knownSection(rows: readonly Finding[], head: Head): Iterable<Markup> {
  const { entries, rest } = idleEntries(head);
  return acceptedSection({
    id: "baseline",
    title: "In the baseline",
    all: knownIn(head.summary).all,
    rows,
    lead: `${knownCount(head.summary)}. They were accepted as known and do not fail the run.`,
    caption: "Findings in the baseline",
    columns: ["Since", "Until"],
    cells: ({ baseline }) => [baseline?.accepted, baseline?.until ?? "for good"],
    mark: "b",
    look: { heading: "Entries to look at", entries, rest },
  });
}
