import type { Finding } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import type { Severity } from "../model/severity.ts";
import { visibleLine } from "./escape.ts";
import { type FilePlace, filePlace } from "./plain-place.ts";
import { findingText, remedyTeller, unreadTexts } from "./sentence.ts";
import { acceptedCount, counting, failing } from "./waived.ts";

/** Of each kind a step shows its first ten; the last of them says how many more there are. */
const SHOWN = 10;
/** Of the reads that brought nothing the first few are told, all in one annotation. */
const GAPS = 3;
/** The runner cuts longer messages. */
const LONGEST = 4_000;

const kinds = { critical: "error", high: "error", medium: "warning", low: "notice" } as const satisfies Record<
  Severity,
  string
>;
type Kind = (typeof kinds)[Severity];

/** Annotations of a GitHub job, worst first and never more than are shown. */
export async function* renderGithub({ head, findings }: Result): AsyncIterable<string> {
  const unread = unreadTexts(head, GAPS);
  const { unknown } = counting(head.summary);
  const accepted = acceptedCount(head.summary);
  const left = budgets(head, {
    incomplete: unread.length > 0,
    unknown: unknown > 0,
    accepted: accepted !== undefined,
  });
  if (unread.length > 0) yield command("error", { title: "tokenward" }, unread.join(". "));
  const remedy = remedyTeller(head);
  for await (const finding of failing(findings)) yield* annotation(finding, remedy(finding), left);
  for (const kind of ["error", "warning", "notice"] as const) yield* rest(kind, left[kind]);
  if (unknown > 0) yield command("warning", { title: "tokenward" }, unknownText(unknown));
  if (accepted !== undefined) yield command("notice", { title: "tokenward" }, `${accepted}, see the report`);
}

interface Budget {
  /** Annotations that may still be written, but for the one that tells of the rest. */
  room: number;
  /** Findings that are still to come. */
  coming: number;
}

function budgets(
  { summary: { severities } }: Head,
  reserved: { incomplete: boolean; unknown: boolean; accepted: boolean },
): Record<Kind, Budget> {
  const budget = (coming: number, taken: boolean) => {
    const room = SHOWN - (taken ? 1 : 0);
    return { coming, room: coming > room ? room - 1 : room };
  };
  return {
    error: budget(severities.critical + severities.high, reserved.incomplete),
    warning: budget(severities.medium, reserved.unknown),
    notice: budget(severities.low, reserved.accepted),
  };
}

function* annotation(finding: Finding, remedy: string, left: Record<Kind, Budget>): Iterable<string> {
  const kind = kinds[finding.severity];
  const budget = left[kind];
  if (budget.room === 0) return;
  budget.room -= 1;
  budget.coming -= 1;
  const title = `${finding.policy} (${finding.severity})`;
  yield command(kind, { title, place: filePlace(finding) }, `${findingText(finding)}. ${remedy}`);
}

function* rest(kind: Kind, { coming }: Budget): Iterable<string> {
  if (coming > 0) yield command(kind, { title: "tokenward" }, `and ${number(coming, "more finding")}, see the report`);
}

function unknownText(count: number): string {
  return `${number(count, "verdict")} not possible, because too little is known; see the report`;
}

function command(kind: Kind, { title, place }: { title: string; place?: FilePlace | undefined }, text: string): string {
  const where = place
    ? { file: place.path, line: place.line, endLine: place.endLine, col: place.column, endColumn: place.endColumn }
    : {};
  const properties = Object.entries({ ...where, title })
    .map(([name, value]) => `${name}=${property(String(value))}`)
    .join(",");
  return `::${kind} ${properties}::${data(text.slice(0, LONGEST))}\n`;
}

function data(text: string): string {
  return visibleLine(text.toWellFormed()).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
