import { acceptedText, messageOf } from "../model/accepted.ts";
import { countGaps } from "../model/coverage.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { writeShard } from "../model/shard.ts";
import { visible } from "../model/text.ts";
import { changeTexts } from "./changes.ts";
import { counts } from "./counts.ts";
import { visibleLine } from "./escape.ts";
import type { Gap } from "./gaps.ts";
import { type Group, grouped, moreText } from "./groups.ts";
import { idleEntries } from "./known.ts";
import { painter } from "./paint.ts";
import type { RenderOptions } from "./reporter.ts";
import { rowName, rowPlace, SHORT_ID, shortId } from "./row.ts";
import { summaryLine } from "./summary.ts";
import { coverageLines } from "./table-coverage.ts";
import { hanging, INDENT, indented, MESSAGE_INDENT, type Page, SEVERITY_WIDTH } from "./table-page.ts";
import { counting, idleWaivers, knownCount, knownIn, waivedCount, waivedIn } from "./waived.ts";
import { cell, cut, cutWords, widthOf, wrap } from "./width.ts";

/** A message stands beside the token and its place where this much room is left for it, else below them. */
const BESIDE_FROM = 40;
const NAME_SOURCES =
  "name sources that hold tokens in tokenward.yaml, which `tokenward init` writes, or inventories for `tokenward judge`";

/** The report for people: failures by policy, worst first; what is unknown and what could not be read; one line to close. */
export async function* renderTable({ head, findings }: Result, options: RenderOptions): AsyncIterable<string> {
  const page = { columns: Math.min(Math.max(options.columns || 80, 40), 400), paint: painter(options.colour) };
  const { groups, gaps, waived, known } = await grouped(findings);
  yield section(opening(head, page));
  yield* failures(groups, head, page);
  yield section(unknowns(gaps, head, page));
  yield section(exceptions(waived, waivedHeading(head), page));
  yield section(idle(idleWaivers(head), page));
  yield section(exceptions(known, knownHeading(head), page));
  yield section(idle(idleEntries(head), page));
  yield section(coverageLines(head, page));
  yield section(changed(head, page));
  yield section(assurance(head, page));
  yield `${page.paint(closingStyle(head), visible(summaryLine(head, page.columns)))}\n`;
}

function section(lines: readonly string[]): string {
  return lines.length > 0 ? `${lines.join("\n")}\n\n` : "";
}

function opening({ tool, shard, as_of, profile, policies }: Head, { columns, paint }: Page): string[] {
  const run = `as of ${as_of}, profile ${profile}, ${number(policies.length, "policy")}`;
  const name = `${tool.name} ${tool.version}${shard ? ` shard ${writeShard(shard)}` : ""}`;
  return [paint("dim", cut(visible(`${name}: ${run}`), columns))];
}

function* failures(groups: readonly Group[], head: Head, page: Page): Iterable<string> {
  if (groups.length === 0) return;
  const rows = groups.flatMap((group) => group.rows);
  yield section([heading(rows, head, page)]);
  const widths = layout(rows, page.columns);
  const policies = new Map(head.policies.map(({ policy }) => [policy.id, policy]));
  for (const group of groups) {
    yield section([
      ...title(group, policies.get(group.policy), page),
      ...group.rows.flatMap((row) => rowLines(row, widths, page)),
      ...rest(group, page),
      ...advice(group, policies.get(group.policy), page),
    ]);
  }
}

function heading([first]: readonly Finding[], { summary }: Head, { columns, paint }: Page): string {
  const { critical, high, medium, low } = summary.severities;
  const text = cut(`FAIL  ${counts({ critical, high, medium, low })}`, columns);
  const hint = `  (why: tokenward explain ${first ? shortId(first) : ""})`;
  return paint("bold", text) + (widthOf(text + hint) > columns ? "" : paint("dim", hint));
}

function title({ policy, bySeverity }: Group, known: Policy | undefined, { columns, paint }: Page): string[] {
  const slug = cut(visible(policy), columns);
  const tail = ` (${counts(bySeverity)})`;
  const room = columns - widthOf(slug) - tail.length - 2;
  return [paint("bold", slug) + (known && room > 8 ? `  ${cutWords(visible(known.title), room)}` : "") + tail];
}

interface Widths {
  name: number;
  place: number;
  message: number;
  isBeside: boolean;
}

/** The columns of all groups line up. */
function layout(rows: readonly Finding[], columns: number): Widths {
  const widest = (of: (row: Finding) => string) => rows.reduce((most, row) => Math.max(most, widthOf(of(row))), 0);
  const [longestName, longestPlace] = [widest(nameOf), widest(placeOf)];
  const room = columns - MESSAGE_INDENT - SHORT_ID - 2;
  const name = Math.min(longestName, Math.floor(room * 0.24));
  const place = Math.min(longestPlace, Math.floor(room * 0.36));
  const message = room - name - place - 4;
  if (message >= BESIDE_FROM) return { name, place, message, isBeside: true };
  const below = columns - MESSAGE_INDENT;
  const above = Math.min(longestName, Math.floor(below * 0.4));
  return { name: above, place: below - above - 2, message: below, isBeside: false };
}

/** Severity, id, name, place and message: in one line, or id and message under severity, name and place. */
function rowLines(row: Finding, { name, place, message, isBeside }: Widths, { columns, paint }: Page): string[] {
  const severity = INDENT + paint(row.severity, cell(row.severity, SEVERITY_WIDTH));
  const id = paint("dim", shortId(row));
  const who = cell(nameOf(row), name);
  const [first = "", ...more] = wrap(visible(messageOf(row)), message);
  if (isBeside) {
    const where = paint("dim", cell(placeOf(row), place, "end"));
    return [`${severity}  ${id}  ${who}  ${where}  ${first}`, ...more.map(indented(columns - message))];
  }
  const where = paint("dim", cut(placeOf(row), place, "end"));
  return [`${severity}  ${who}  ${where}`, `${INDENT}${id}  ${first}`, ...more.map(indented(MESSAGE_INDENT))];
}

function nameOf(row: Finding): string {
  return visible(rowName(row));
}

function placeOf(row: Finding): string {
  return visible(rowPlace(row));
}

function rest(group: Group, { columns, paint }: Page): string[] {
  const more = moreText(group);
  return more === undefined ? [] : [paint("dim", cut(`${INDENT}${more}: see the JSON report`, columns))];
}

/** What stands below a group: whose decision its numbers are, and what to do. */
function advice(group: Group, policy: Policy | undefined, { columns, paint }: Page): string[] {
  const told = group.numbers.lines(policy).map((text) => ({ label: "set", text }));
  const fixes = policy ? group.remedies.advice(policy) : [];
  return [...told, ...fixes]
    .flatMap(({ label, text }) => hanging(`${label}: `, visibleLine(text), { columns }))
    .map((line) => paint("dim", line));
}

function unknowns(gaps: readonly Gap[], { summary }: Head, { columns, paint }: Page): string[] {
  if (gaps.length === 0) return [];
  const policy = Math.min(Math.max(...gaps.map((gap) => widthOf(visible(gap.policy)))), 24);
  const most = Math.max(...gaps.map(({ count }) => String(count).length));
  const indent = INDENT.length + policy + 2 + most + 2;
  const lines = gaps.flatMap((gap, index) => {
    const isRepeated = gaps[index - 1]?.policy === gap.policy;
    const slug = cell(isRepeated ? "" : visible(gap.policy), policy);
    const [first = "", ...more] = wrap(`${visible(gap.why)} (${kindsOf(gap)})`, columns - indent);
    const count = paint("unknown", String(gap.count).padStart(most));
    return [`${INDENT}${slug}  ${count}  ${first}`, ...more.map(indented(indent))];
  });
  const heading = `UNKNOWN  ${number(counting(summary).unknown, "verdict")} not possible, too little is known`;
  return [paint("bold", cut(heading, columns)), "", ...lines];
}

function kindsOf({ kinds }: Gap): string {
  const shown = kinds.slice(0, 2).map(visible).join(", ");
  return kinds.length > 2 ? `${shown} and ${number(kinds.length - 2, "more kind")}` : shown;
}

interface Heading {
  text: string;
  all: number;
}

function waivedHeading({ summary }: Head): Heading {
  return { text: `WAIVED  ${waivedCount(summary)}`, all: waivedIn(summary).all };
}

function knownHeading({ summary }: Head): Heading {
  return { text: `KNOWN  ${knownCount(summary)}`, all: knownIn(summary).all };
}

/** What somebody answers for or has accepted as known, worst first. */
function exceptions(rows: readonly Finding[], { text, all }: Heading, { columns, paint }: Page): string[] {
  if (all === 0) return [];
  const left = all - rows.length;
  const lines = rows.flatMap((row) => {
    const about = `${row.policy} (${row.verdict === "fail" ? row.severity : "unknown"}) ${shortId(row)} ${nameOf(row)}`;
    return hanging("- ", visibleLine(`${about}: ${acceptedText(row)}`), { columns });
  });
  const more = left > 0 ? [paint("dim", `${INDENT}and ${left} more: see the JSON report`)] : [];
  return [paint("bold", cut(text, columns)), "", ...lines, ...more];
}

/** Waivers and entries of the baseline that have come to their end, or never had a beginning. */
function idle({ heading, entries, rest }: ReturnType<typeof idleWaivers>, { columns, paint }: Page): string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap((text) => hanging("- ", visibleLine(text), { columns }));
  return [paint("medium", cut(heading, columns)), "", ...lines, ...rest.map((line) => paint("dim", INDENT + line))];
}

/** The settings that somebody gave a reason for: what an auditor asks for first. */
function changed({ parameters = [] }: Head, { columns, paint }: Page): string[] {
  const { heading, entries, rest } = changeTexts(parameters);
  if (entries.length === 0) return [];
  const lines = entries.flatMap((text) => hanging("- ", visibleLine(text), { columns }));
  const style = parameters.some(({ overdue }) => overdue) ? "medium" : "bold";
  return [
    paint(style, cut(heading, columns)),
    "",
    ...lines,
    ...rest.map((line) => paint("dim", cut(INDENT + line, columns))),
  ];
}

/** What may be said of a run without failures: never more than what was read and known. */
function assurance({ summary, gate, shard }: Head, { columns, paint }: Page): string[] {
  const { tokens, verdicts, coverage } = summary;
  if (tokens === 0 && shard)
    return [paint("medium", cut("No token is in this shard, so nothing was judged.", columns))];
  if (tokens === 0) {
    const nothing = paint("medium", cut("Nothing was collected, so nothing was judged.", columns));
    // Where a read was refused or failed, what to do stands beside it.
    const fix = countGaps(coverage) > 0 ? [] : hanging("fix: ", NAME_SOURCES, { columns });
    return [nothing, ...fix.map((line) => paint("dim", line))];
  }
  if (gate.incomplete && countGaps(coverage) === 0) {
    return [paint("medium", cut("INCOMPLETE  fields of some tokens could not be read: see UNKNOWN above", columns))];
  }
  if (verdicts.fail > 0 || verdicts.unknown > 0 || gate.incomplete) return [];
  if (verdicts.pass === 0) return [paint("medium", cut("No policy applies to these tokens.", columns))];
  return [paint("pass", cut(`PASS  every policy that applies to the ${number(tokens, "token")} passes`, columns))];
}

function closingStyle({ gate }: Head): "high" | "medium" | "pass" {
  if (gate.exit_code === 1) return "high";
  return gate.incomplete ? "medium" : "pass";
}
