import { messageOf } from "../model/accepted.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { counts } from "./counts.ts";
import { markdownCell, markdownProse } from "./escape.ts";
import type { Gap } from "./gaps.ts";
import { type Group, grouped, moreText } from "./groups.ts";
import { idleEntries } from "./known.ts";
import { rowName, rowPlace } from "./row.ts";
import { gapTexts, incompleteText, nameOf } from "./sentence.ts";
import { summaryLine } from "./summary.ts";
import { counting, idleWaivers, knownIn, waivedIn } from "./waived.ts";

/** GitHub drops a job's summary of more than 1,024 KiB as a whole. */
const MOST_BYTES = 900 * 1_024;
const GAPS = 25;

/** For job summaries, comments and mails: what the run decided, then failures by policy; past a size detail is left out, never the report. */
export async function* renderMarkdown({ head, findings }: Result): AsyncIterable<string> {
  const { groups, gaps, waived, known } = await grouped(findings);
  const opening = [heading(head), incomplete(head), numbers(head)].filter((block) => block !== "");
  const accepted = [exceptions(waived, head), idle(head), acceptedAsKnown(known, head), idleKnown(head)];
  const closing = [unknown(gaps), ...accepted, footer(head)].filter((block) => block !== "");
  const fixed = [...opening, ...closing].reduce((sum, block) => sum + bytesOf(block), 0);
  yield opening.join("\n");
  yield* failures(groups, head, MOST_BYTES - fixed);
  yield `\n${closing.join("\n")}`;
}

function heading({ gate, summary }: Head): string {
  const { exit_code, at_threshold, fail_on, incomplete } = gate;
  const { fail } = counting(summary);
  const [waived, known] = [waivedIn(summary).fail, knownIn(summary).fail];
  const accepted = [
    ...(waived > 0 ? [`, ${number(waived, "failure")} waived`] : []),
    ...(known > 0 ? [`, ${number(known, "failure")} in the baseline`] : []),
  ].join("");
  if (exit_code === 1) return `## tokenward: failed, ${number(at_threshold, "finding")} at or above ${fail_on}\n`;
  if (incomplete) return "## tokenward: incomplete\n";
  if (fail === 0) return `## tokenward: passed${accepted}\n`;
  return `## tokenward: passed with ${number(fail, "finding")}${fail_on === "never" ? "" : ` below ${fail_on}`}\n`;
}

function incomplete(head: Head): string {
  const text = incompleteText(head);
  if (!text) return "";
  const gaps = gapTexts(head);
  const more = gaps.length > GAPS ? [`- and ${gaps.length - GAPS} more, see the JSON report`] : [];
  const lines = gaps.slice(0, GAPS).map((gap) => `- ${markdownCell(gap)}`);
  return [`**${text}.**`, ...(gaps.length > 0 ? ["", ...lines, ...more] : []), ""].join("\n");
}

function numbers({ summary }: Head): string {
  const { critical, high, medium, low } = summary.severities;
  const { fail, unknown } = counting(summary);
  const { pass } = summary.verdicts;
  const cells = [
    ...Object.entries({ Tokens: summary.tokens, Fail: fail, Critical: critical, High: high, Medium: medium, Low: low }),
    ...Object.entries({ Unknown: unknown, Pass: pass }),
    ...Object.entries({ Waived: waivedIn(summary).all, "In baseline": knownIn(summary).all }).filter(
      ([, count]) => count > 0,
    ),
  ];
  return table(
    cells.map(([title]) => title),
    [cells.map(([, count]) => String(count))],
    "---:",
  );
}

/** As many groups as fit; of one that does not its title, and of all others their number. */
function* failures(groups: readonly Group[], head: Head, room: number): Iterable<string> {
  if (groups.length === 0) return;
  const policies = new Map(head.policies.map(({ policy }) => [policy.id, policy]));
  let left = room - 1_024;
  let untold = 0;
  for (const group of groups) {
    const whole = section(group, policies.get(group.policy));
    const short = `${title(group, policies.get(group.policy))}\nToo long to list here, see the JSON report.\n`;
    const block = [whole, short].find((text) => bytesOf(text) < left);
    if (block === undefined) untold += 1;
    else {
      left -= bytesOf(block) + 1;
      yield `\n${block}`;
    }
  }
  if (untold > 0) yield `\n${number(untold, "more policy")} with failures, see the JSON report.\n`;
}

function section(group: Group, policy: Policy | undefined): string {
  const rows = table(["Severity", "Token", "Kind", "Place", "Why"], group.rows.map(row));
  const more = moreText(group);
  const fixes = policy ? group.remedies.advice(policy) : [];
  const told = group.numbers.lines(policy).map((text) => ({ label: "set", text }));
  return [
    title(group, policy),
    rows,
    ...(more === undefined ? [] : [`${more}, see the JSON report\n`]),
    ...[...told, ...fixes].map(({ label, text }) => `*${markdownCell(label)}:* ${markdownProse(text)}\n`),
  ].join("\n");
}

function title({ policy, bySeverity }: Group, known: Policy | undefined): string {
  return `### ${markdownCell(policy)}: ${known ? markdownProse(known.title) : ""} (${counts(bySeverity)})\n`;
}

function row(finding: Finding): string[] {
  const { severity, token } = finding;
  const cells = [severity, rowName(finding), token.kind, rowPlace(finding), messageOf(finding)];
  return cells.map((text) => markdownCell(text));
}

function unknown(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return "";
  const rows = gaps.map(({ policy, count, why, kinds }) => [
    markdownCell(policy),
    String(count),
    markdownCell(why),
    markdownCell(kinds.join(", ")),
  ]);
  return `### Not possible to judge, too little is known\n\n${table(["Policy", "Verdicts", "Why", "Kinds"], rows)}`;
}

function exceptions(findings: readonly Finding[], { summary }: Head): string {
  const { all } = waivedIn(summary);
  if (all === 0) return "";
  const rows = findings.map(({ policy, severity, verdict, token, waived }) =>
    [
      verdict === "fail" ? severity : verdict,
      policy,
      nameOf(token),
      ...[waived?.expires, waived?.reason, waived?.owner, waived?.approver, waived?.by],
    ].map((text = "") => markdownCell(text)),
  );
  const left = all - findings.length;
  const more = left > 0 ? `\nand ${left} more, see the JSON report\n` : "";
  return `### Waived\n\n${table(["Severity", "Policy", "Token", "Until", "Reason", "Owner", "Approved by", "Entry"], rows)}${more}`;
}

function acceptedAsKnown(findings: readonly Finding[], { summary }: Head): string {
  const { all } = knownIn(summary);
  if (all === 0) return "";
  const rows = findings.map(({ policy, severity, verdict, token, baseline }) =>
    [verdict === "fail" ? severity : verdict, policy, nameOf(token), baseline?.accepted, baseline?.until].map(
      (text = "") => markdownCell(text),
    ),
  );
  const left = all - findings.length;
  const more = left > 0 ? `\nand ${left} more, see the JSON report\n` : "";
  return `### In the baseline\n\n${table(["Severity", "Policy", "Token", "Since", "Until"], rows)}${more}`;
}

function idle(head: Head): string {
  return toLookAt("Waivers", idleWaivers(head));
}

function idleKnown(head: Head): string {
  return toLookAt("Entries of the baseline", idleEntries(head));
}

function toLookAt(what: string, { entries, rest }: ReturnType<typeof idleWaivers>): string {
  if (entries.length === 0) return "";
  return `### ${what} to look at\n\n${[...entries.map((text) => markdownCell(text)), ...rest].map((text) => `- ${text}\n`).join("")}`;
}

function footer(head: Head): string {
  const { tool, as_of, profile } = head;
  const run = `${tool.name} ${tool.version}, as of ${as_of}, profile ${profile}`;
  return `${markdownCell(run)}: ${markdownCell(summaryLine(head, 1_000), 1_000)}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], rule = "---"): string {
  return [head, head.map(() => rule), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
