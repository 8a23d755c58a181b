import type { Diff } from "../model/documents.gen.ts";
import { visible } from "../model/text.ts";
import { diffLine, doubtTexts, sectionsOf, sidesText } from "./diff-sections.ts";
import { visibleLine } from "./escape.ts";
import { hanging } from "./table-page.ts";

/** A difference for people: what is urgent first, one line to close. */
export function* renderDiffTable(diff: Diff, columns: number): Iterable<string> {
  const lines = (lead: string, text: string) => hanging(lead, visibleLine(text), { columns, indent: 0 }).join("\n");
  yield `${lines("", `${diff.tool.name} ${diff.tool.version}: ${sidesText(diff)}`)}\n\n`;
  for (const { title, count, rows } of sectionsOf(diff)) {
    yield `${title.toUpperCase()}  ${count}\n\n`;
    for (const { what, id, says } of rows) {
      yield `${lines("- ", what)}\n${lines("    ", id)}\n`;
      for (const text of says) yield `${lines("    ", text)}\n`;
    }
    const more = count - rows.length;
    yield more > 0 ? `  and ${more} more: see the JSON\n\n` : "\n";
  }
  for (const doubt of doubtTexts(diff)) yield `${lines("", doubt)}\n\n`;
  yield `${visible(diffLine(diff.tokens ? "tokens" : "findings", diff.summary))}\n`;
}
