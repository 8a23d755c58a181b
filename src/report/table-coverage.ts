import { countGaps, isGap } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";
import { at } from "../model/errors.ts";
import type { Head } from "../model/flow.ts";
import { visible } from "../model/text.ts";
import { counts } from "./counts.ts";
import { visibleLine } from "./escape.ts";
import { ROWS } from "./groups.ts";
import { type LeftOut, leftOutBySource } from "./left-out.ts";
import { whose } from "./sentence.ts";
import { hanging, INDENT, indented, MESSAGE_INDENT, type Page, SEVERITY_WIDTH } from "./table-page.ts";
import { cell, cut, wrap } from "./width.ts";

/** What was denied or failed, and last what nobody could have read; where nothing at all was collected, also what was empty. */
export function coverageLines({ coverage, summary, shard }: Head, page: Page): string[] {
  const tellsEmpty = summary.tokens === 0 && !shard;
  const problems = coverage.filter(({ outcome }) => isGap(outcome) || (tellsEmpty && outcome === "empty"));
  const leftOut = leftOutBySource(coverage);
  if (problems.length + leftOut.length === 0) return [];
  const { empty, denied, failed } = summary.coverage;
  const lead = `COVERAGE  ${counts(tellsEmpty ? { empty, denied, failed } : { denied, failed })}`.trimEnd();
  const heading = countGaps(summary.coverage) > 0 ? `${lead}: what was not read was not judged` : lead;
  const left = problems.length - ROWS;
  return [
    page.paint("bold", cut(heading, page.columns)),
    "",
    ...problems.slice(0, ROWS).flatMap((problem) => problemLines(problem, page)),
    ...(left > 0 ? [page.paint("dim", `${INDENT}and ${left} more: see the JSON report`)] : []),
    ...leftOut.slice(0, ROWS).flatMap((one) => leftOutLines(one, page)),
  ];
}

/** `not shown by github: …`: no problem, and the same in every run. */
function leftOutLines({ lead, subjects }: LeftOut, { columns, paint }: Page): string[] {
  return hanging(`${visible(lead)}: `, visibleLine(subjects.join("; ")), { columns }).map((line) => paint("dim", line));
}

function problemLines(problem: Coverage, { columns, paint }: Page): string[] {
  const { subject, outcome, detail, remedy: fix, location } = problem;
  const place = location ? at(location) : subject;
  const lead = `${INDENT}${paint(outcome === "failed" ? "high" : "medium", cell(outcome, SEVERITY_WIDTH))}  `;
  const what = visible(`${whose(problem)}: ${place}`);
  const about = location && !location.uri.includes(subject) ? ` (${visible(subject)})` : "";
  return [
    lead + cut(what + about, columns - MESSAGE_INDENT),
    ...wrap(visibleLine(detail ?? ""), columns - MESSAGE_INDENT).map(indented(MESSAGE_INDENT)),
    ...hanging("fix: ", visibleLine(fix ?? ""), { columns, indent: MESSAGE_INDENT }).map((line) => paint("dim", line)),
  ];
}
