import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { visibleLine } from "./escape.ts";
import { filePlace } from "./plain-place.ts";
import { findingText, remedyTeller, unreadTexts } from "./sentence.ts";
import { acceptedCount, counting, failing } from "./waived.ts";

/** More issues than people read bury the first; the rest is counted. */
const SHOWN = 50;

/** Logging commands of an Azure pipeline: the worst findings as errors and warnings of the step. */
export async function* renderAzure({ head, findings }: Result): AsyncIterable<string> {
  for (const text of unreadTexts(head, SHOWN)) yield issue("error", {}, text);
  const remedy = remedyTeller(head);
  let failed = 0;
  for await (const finding of failing(findings)) {
    failed += 1;
    if (failed <= SHOWN) yield ofFinding(finding, remedy(finding));
  }
  if (failed > SHOWN) yield issue("warning", {}, `and ${number(failed - SHOWN, "more finding")}, see the report`);
  const { unknown } = counting(head.summary);
  if (unknown > 0)
    yield issue("warning", {}, `${number(unknown, "verdict")} not possible, because too little is known`);
  const accepted = acceptedCount(head.summary);
  if (accepted !== undefined) yield issue("warning", {}, `${accepted}, see the report`);
}

function ofFinding(finding: Finding, remedy: string): string {
  const { severity, policy } = finding;
  const place = filePlace(finding);
  const where = place ? { sourcepath: place.path, linenumber: place.line, columnnumber: place.column } : {};
  const kind = severity === "critical" || severity === "high" ? "error" : "warning";
  return issue(kind, { ...where, code: policy }, `${findingText(finding)}. ${remedy}`);
}

function issue(kind: "error" | "warning", more: Readonly<Record<string, string | number>>, text: string): string {
  const properties = Object.entries({ type: kind, ...more })
    .map(([name, value]) => `${name}=${property(String(value))};`)
    .join("");
  return `##vso[task.logissue ${properties}]${data(text)}\n`;
}

/** `%` first, as the agent decodes what follows it. */
function data(text: string): string {
  return visibleLine(text).replaceAll("%", "%AZP25");
}

function property(text: string): string {
  return data(text).replaceAll("]", "%5D").replaceAll(";", "%3B");
}
