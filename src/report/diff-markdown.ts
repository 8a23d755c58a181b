import type { Diff } from "../model/documents.gen.ts";
import { diffLine, doubtTexts, sectionsOf, sidesText } from "./diff-sections.ts";
import { markdownCell } from "./escape.ts";
import { capitalised } from "./sentence.ts";

/** The same for a comment or a mail. */
export function* renderDiffMarkdown(diff: Diff): Iterable<string> {
  yield `## ${markdownCell(`${diff.tool.name}: what is different`)}\n\n${markdownCell(sidesText(diff), 1_000)}\n`;
  for (const doubt of doubtTexts(diff)) yield `\n**${markdownCell(doubt, 1_000)}**\n`;
  for (const { title, count, rows } of sectionsOf(diff)) {
    yield `\n### ${capitalised(title)} (${count})\n\n| What | Id | How |\n| --- | --- | --- |\n`;
    for (const { what, id, says } of rows) {
      yield `| ${markdownCell(what)} | ${markdownCell(id)} | ${markdownCell(says.join("; "))} |\n`;
    }
    if (count > rows.length) yield `\nand ${count - rows.length} more, see the JSON\n`;
  }
  yield `\n${markdownCell(diffLine(diff.tokens ? "tokens" : "findings", diff.summary), 1_000)}\n`;
}
