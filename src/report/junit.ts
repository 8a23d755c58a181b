import { acceptedText, messageOf } from "../model/accepted.ts";
import type { Finding, JudgedPolicy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { visible } from "../model/text.ts";
import { entities } from "./escape.ts";
import { anyPlace } from "./plain-place.ts";
import { findingText, nameOf, remedyTeller, unreadTexts } from "./sentence.ts";
import { counting, knownIn, waivedIn } from "./waived.ts";

/**
 * JUnit XML that both the Jenkins and the Ant schema accept: one suite, in which a failed verdict is a failure, an unknown one and
 * a read that brought nothing are errors, what is waived or in the baseline is skipped, and a policy without any of these is one passed case.
 */
export async function* renderJunit({ head, findings }: Result): AsyncIterable<string> {
  const quiet = head.policies.filter(({ verdicts }) => verdicts.fail + verdicts.unknown === 0);
  const unread = unreadTexts(head);
  yield opening(head, { quiet, unread: unread.length });
  for (const text of unread) yield testcase("coverage", text, outcome("error", "unread", text));
  const remedy = remedyTeller(head);
  for await (const finding of findings) yield caseOf(finding, remedy(finding));
  for (const policy of quiet) yield passed(policy);
  yield "    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>\n";
}

function opening(head: Head, { quiet, unread }: { quiet: readonly JudgedPolicy[]; unread: number }): string {
  const { tool, as_of, summary } = head;
  const { fail, unknown } = counting(summary);
  const excepted = waivedIn(summary).all + knownIn(summary).all;
  const errors = unknown + unread;
  const skipped = quiet.filter(({ verdicts }) => verdicts.pass === 0).length + excepted;
  const suite = {
    ...{ package: tool.name, id: 0, name: tool.name, hostname: "localhost" },
    ...{ tests: fail + errors + excepted + quiet.length, failures: fail, errors, skipped, time: "0" },
    timestamp: as_of.replace(/Z$/, ""),
  };
  const attributes = Object.entries(suite).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  const properties = Object.entries({ version: tool.version, as_of, profile: head.profile })
    .map(([name, value]) => `      <property name="${name}" value="${escaped(value)}"/>\n`)
    .join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${attributes.join(" ")}>\n    <properties>\n${properties}    </properties>\n`;
}

function caseOf(finding: Finding, remedy: string): string {
  const { verdict, severity, policy, token } = finding;
  const message = messageOf(finding);
  const accepted = acceptedText(finding);
  if (accepted !== undefined) {
    const text = `${verdict}: ${message}; ${accepted}`;
    return testcase(policy, nameOf(token), `\n      <skipped message="${escaped(text)}"/>`);
  }
  const { path, line } = anyPlace(finding);
  const text = `${findingText(finding)}\nseverity: ${severity}\nat: ${path}:${line}\nto fix: ${remedy}`;
  const element =
    verdict === "fail" ? outcome("failure", severity, message, text) : outcome("error", "unknown", message, text);
  return testcase(policy, nameOf(token), element);
}

function passed({ policy, verdicts }: JudgedPolicy): string {
  const isJudged = verdicts.pass > 0;
  const name = isJudged ? `${number(verdicts.pass, "token")} passed` : "applies to no token of this run";
  return testcase(policy.id, name, isJudged ? "" : "\n      <skipped/>");
}

function testcase(policy: string, name: string, element: string): string {
  const head = `    <testcase classname="${escaped(policy)}" name="${escaped(name)}" time="0"`;
  return element === "" ? `${head}/>\n` : `${head}>${element}\n    </testcase>\n`;
}

function outcome(element: "failure" | "error", type: string, message: string, text = message): string {
  const lines = text.split("\n").map(escaped).join("\n");
  return `\n      <${element} type="${escaped(type)}" message="${escaped(message)}">${lines}</${element}>`;
}

/** XML 1.0 has no way to write most control characters; `visible` spells them out. */
function escaped(text: string): string {
  return entities(visible(text)).replace(/[\uFFFE\uFFFF]/g, "\uFFFD");
}
