import type { Finding } from "../model/documents.gen.ts";
import type { Head } from "../model/flow.ts";
import { acceptedSection } from "./html-accepted.ts";
import { html, long, type Markup } from "./html-markup.ts";
import { idleWaivers, waivedCount, waivedIn } from "./waived.ts";

/** What somebody answers for until a day, and the waivers that somebody should look at; nothing of a run without any. */
export function waivedSection(rows: readonly Finding[], head: Head): Iterable<Markup> {
  const { entries, rest } = idleWaivers(head);
  return acceptedSection({
    id: "waived",
    title: "Waived",
    all: waivedIn(head.summary).all,
    rows,
    lead: `${waivedCount(head.summary)}. They are exceptions that do not fail the run, each until a day.`,
    caption: "Findings that are waived",
    columns: ["Why it may stand", "Until", "Who answers"],
    cells: cellsOf,
    mark: "w",
    look: { heading: "Waivers to look at", entries, rest },
  });
}

function cellsOf({ waived }: Finding): (Markup | string | undefined)[] {
  const people = waived ? html`${long(waived.owner)}<small>approved by ${long(waived.approver)}</small>` : undefined;
  return [html`${long(waived?.reason ?? "")}<small>at <code>${waived?.by}</code></small>`, waived?.expires, people];
}
