import { hash } from "node:crypto";
import { acceptedText } from "../model/accepted.ts";
import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import type { Severity } from "../model/severity.ts";
import { sarifText } from "./escape.ts";
import { jsonArray } from "./json-array.ts";
import { anyPlace } from "./plain-place.ts";
import { capitalised, findingText, incompleteText, remedyTeller } from "./sentence.ts";

const severities = { critical: "blocker", high: "critical", medium: "major", low: "minor" } as const satisfies Record<
  Severity,
  string
>;

/** GitLab's Code Quality report: it stops at the first item that it does not understand, so every item is whole. */
export async function* renderGitlabCodequality({ head, findings }: Result): AsyncIterable<string> {
  yield* jsonArray(items({ head, findings }), "");
  yield "\n";
}

async function* items({ head, findings }: Result): AsyncIterable<object> {
  const incomplete = incompleteText(head);
  if (incomplete) yield unwhole(incomplete);
  const remedy = remedyTeller(head);
  for await (const finding of findings) {
    if (finding.verdict === "fail") yield item(finding, remedy(finding));
  }
}

function item(finding: Finding, remedy: string): object {
  const { path, line } = anyPlace(finding);
  const accepted = acceptedText(finding);
  return {
    description: sarifText(`${findingText(finding)}. ${accepted === undefined ? remedy : `${capitalised(accepted)}.`}`),
    check_name: finding.policy,
    fingerprint: finding.id,
    severity: accepted === undefined ? severities[finding.severity] : "info",
    location: { path, lines: { begin: line } },
  };
}

/** The report has no other place to say that it is not whole. */
function unwhole(description: string): object {
  return {
    description,
    check_name: "incomplete",
    fingerprint: hash("sha256", "tokenward incomplete").slice(0, 32),
    severity: "blocker",
    location: { path: "tokenward.yaml", lines: { begin: 1 } },
  };
}
