import type { Finding } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import type { Severity } from "../model/severity.ts";
import { json } from "../model/text.ts";
import { sarifText, webUri } from "./escape.ts";
import { jsonArray } from "./json-array.ts";
import { tokenPath } from "./plain-place.ts";
import { findingText, remedyTeller, unreadTexts } from "./sentence.ts";
import { acceptedCount, failing } from "./waived.ts";

const VERSION = "15.2.1";
const LONGEST_NAME = 255;
const LONGEST_SOLUTION = 7_000;
const MESSAGES = 200;

const severities = { critical: "Critical", high: "High", medium: "Medium", low: "Low" } as const satisfies Record<
  Severity,
  string
>;

/**
 * GitLab's SAST report. GitLab tells findings apart by policy, file and lines, so each token has a path of its own, which is no file;
 * where it is declared stands in the description. What is waived or in the baseline is left out, because GitLab would open it.
 */
export async function* renderGitlabSast({ head, findings }: Result): AsyncIterable<string> {
  yield `{\n  "version": ${json(VERSION)},\n  "scan": ${json(scan(head))},\n  "vulnerabilities": `;
  yield* jsonArray(vulnerabilities({ head, findings }), "  ");
  yield "\n}\n";
}

function scan(head: Head): object {
  const { tool, as_of, gate } = head;
  const scanner = { id: tool.name, name: tool.name, version: tool.version, vendor: { name: tool.name } };
  // GitLab takes no zone and means UTC.
  const time = as_of.replace(/Z$/, "");
  const accepted = acceptedCount(head.summary);
  const messages = [
    ...unreadTexts(head, MESSAGES).map((value) => ({ level: "fatal", value: sarifText(value) })),
    ...(accepted === undefined ? [] : [{ level: "info", value: sarifText(`${accepted} and left out`) }]),
  ];
  return {
    analyzer: scanner,
    scanner,
    type: "sast",
    status: gate.incomplete ? "failure" : "success",
    start_time: time,
    end_time: time,
    ...(messages.length > 0 ? { messages } : {}),
  };
}

async function* vulnerabilities({ head, findings }: Result): AsyncIterable<object> {
  const titles = new Map(head.policies.map(({ policy }) => [policy.id, policy.title]));
  const remedy = remedyTeller(head);
  for await (const finding of failing(findings))
    yield vulnerability(finding, { title: titles.get(finding.policy), remedy: remedy(finding) });
}

function vulnerability(
  finding: Finding,
  { title = finding.policy, remedy }: { title?: string | undefined; remedy: string },
): object {
  const { id, policy, severity, location, token, discriminator } = finding;
  const link = token.url === undefined ? undefined : webUri(token.url);
  const declared = location.via === "virtual" ? "" : ` Declared at ${location.uri}:${location.line}.`;
  const value = discriminator === undefined ? policy : `${policy}/${discriminator}`;
  return {
    id,
    name: sarifText(title, LONGEST_NAME),
    description: sarifText(`${findingText(finding)}.${declared}`),
    severity: severities[severity],
    solution: sarifText(remedy, LONGEST_SOLUTION),
    identifiers: [
      {
        type: "tokenward_policy",
        name: sarifText(`tokenward ${policy}`, LONGEST_NAME),
        value: sarifText(value, LONGEST_NAME),
      },
    ],
    ...(link ? { links: [{ url: link }] } : {}),
    location: { file: tokenPath(finding), start_line: 1, end_line: 1 },
  };
}
