import { acceptedText } from "../model/accepted.ts";
import type { Coverage, Finding, Policy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { writeShard } from "../model/shard.ts";
import { assuranceOf } from "./assurance.ts";
import { changeTexts } from "./changes.ts";
import { counts, totalOf } from "./counts.ts";
import { visibleLine } from "./escape.ts";
import type { Gap } from "./gaps.ts";
import { adviceOn, type Group, grouped, moreText, ROWS } from "./groups.ts";
import { idleEntries } from "./known.ts";
import { leftOutBySource } from "./left-out.ts";
import type { RenderOptions } from "./reporter.ts";
import { rowName, rowPlace, shortId, whyIn } from "./row.ts";
import { capitalised, gapText, incompleteText } from "./sentence.ts";
import { summaryLine } from "./summary.ts";
import { counting, idleWaivers, knownCount, knownIn, waivedCount, waivedIn } from "./waived.ts";

const HEADINGS = { policy: "Policy", owner: "Owner", provider: "Provider", file: "File" } as const;

/** The table's content to be heard: no columns and no colour, and whatever is worth knowing first comes first. */
export async function* renderPlain({ head, findings }: Result, { groupBy }: RenderOptions): AsyncIterable<string> {
  const { groups, gaps, waived, known } = await grouped(findings, { by: groupBy });
  const policies = new Map(head.policies.map(({ policy }) => [policy.id, policy]));
  yield told(opening(head));
  for (const group of groups) yield told(groupTexts(group, policies));
  yield told([
    ...gapsTexts(gaps, head),
    ...exceptions(waived, { heading: waivedCount(head.summary), all: waivedIn(head.summary).all, what: "waived" }),
    ...listed(idleWaivers(head)),
    ...exceptions(known, {
      heading: knownCount(head.summary),
      all: knownIn(head.summary).all,
      what: "in the baseline",
    }),
    ...listed(idleEntries(head)),
    ...coverage(head),
    ...listed(changeTexts(head.parameters ?? [])),
  ]);
}

/** Each text on a line of its own, ended as a sentence is. */
function told(texts: readonly string[]): string {
  return texts
    .map((text) => visibleLine(text))
    .filter((text) => text !== "")
    .map((text) => `${text}${/[.!?:]$/.test(text) ? "" : "."}\n`)
    .join("");
}

/** What the run came to stands before what it found: nobody should have to listen to the end for it. */
function opening(head: Head): string[] {
  const { tool, shard, as_of, profile, policies, summary } = head;
  const { fail } = counting(summary);
  const part = shard ? ` shard ${writeShard(shard)}` : "";
  const assurance = assuranceOf(head);
  return [
    `${tool.name} ${tool.version}${part}, as of ${as_of}, profile ${profile}, ${number(policies.length, "policy")}`,
    incompleteText(head) ?? "",
    `Result: ${summaryLine(head, Number.POSITIVE_INFINITY)}`,
    assurance?.text.replace(/^(?:PASS|INCOMPLETE) {2}/, "").replace("UNKNOWN above", "what is unknown below") ?? "",
    assurance?.fix ? `To fix: ${assurance.fix}` : "",
    fail > 0 ? `${number(fail, "finding")} to look at: ${counts(ordered(summary.severities))}` : "",
  ];
}

function ordered({ critical, high, medium, low }: Head["summary"]["severities"]): Record<string, number> {
  return { critical, high, medium, low };
}

function groupTexts(group: Group, policies: ReadonlyMap<string, Policy>): string[] {
  const { by, name, bySeverity } = group;
  const title = by === "policy" ? policies.get(name)?.title : undefined;
  const more = moreText(group);
  return [
    `${HEADINGS[by]} ${name}${title ? `: ${title}` : ""}`,
    `${number(totalOf(bySeverity), "finding")}: ${counts(bySeverity)}`,
    ...group.rows.map((row) => rowText(group, row)),
    ...(more === undefined ? [] : [`${capitalised(more)}: see the JSON report`]),
    ...adviceOn(group, policies).map(
      ({ label, text }) => `${label.replace(/^fix/, "To fix").replace(/^set/, "Set")}: ${text}`,
    ),
  ];
}

function rowText(group: Group, row: Finding): string {
  const { severity, token } = row;
  return `${capitalised(severity)}, finding ${shortId(row)}, ${rowName(row)} (${token.kind}) at ${rowPlace(row)}: ${whyIn(group, row)}`;
}

function gapsTexts(gaps: readonly Gap[], { summary }: Head): string[] {
  if (gaps.length === 0) return [];
  return [
    `${number(counting(summary).unknown, "verdict")} not possible, because too little is known`,
    ...gaps.map(
      ({ policy, count, why, kinds }) => `Policy ${policy}, ${number(count, "verdict")}: ${why} (${kinds.join(", ")})`,
    ),
  ];
}

function exceptions(
  rows: readonly Finding[],
  { heading, all, what }: { heading: string | undefined; all: number; what: string },
): string[] {
  const left = all - rows.length;
  return [
    heading ?? "",
    ...rows.map((row) => `Policy ${row.policy}, finding ${shortId(row)}, ${rowName(row)}: ${acceptedText(row)}`),
    left > 0 ? `And ${left} more ${what}: see the JSON report` : "",
  ];
}

function coverage({ coverage: events, summary }: Head): string[] {
  const { empty, denied, failed } = summary.coverage;
  const gaps = events.flatMap(gapText);
  return [
    denied + failed > 0 ? `${number(denied + failed, "read")} denied or failed: what was not read was not judged` : "",
    ...gaps.slice(0, ROWS),
    gaps.length > ROWS ? `And ${gaps.length - ROWS} more: see the JSON report` : "",
    ...(summary.tokens === 0 && empty > 0 ? events.filter(isEmpty).slice(0, ROWS).map(emptyText) : []),
    ...leftOutBySource(events)
      .slice(0, ROWS)
      .map(({ lead, subjects }) => `${capitalised(lead)}: ${subjects.join("; ")}`),
  ];
}

function isEmpty({ outcome }: Coverage): boolean {
  return outcome === "empty";
}

function emptyText({ source, subject, detail }: Coverage): string {
  return `${source} ${subject} is empty${detail ? `: ${detail}` : ""}`;
}

function listed({ heading, entries, rest }: { heading: string; entries: string[]; rest: string[] }): string[] {
  return entries.length + rest.length === 0 ? [] : [sentence(heading), ...entries, ...rest];
}

/** `CHANGED  2 settings`: a word in capitals is spelled out letter by letter by some who read aloud. */
function sentence(heading: string): string {
  const [word = "", text = ""] = heading.split("  ");
  return `${capitalised(word.toLowerCase())}: ${text}`;
}
