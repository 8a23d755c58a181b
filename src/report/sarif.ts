import { createHash } from "node:crypto";
import type { Result as SarifResult, Suppression } from "sarif";
import { acceptedText, messageOf } from "../model/accepted.ts";
import { isAccepted } from "../model/baseline.ts";
import type { Finding, Policy } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { remedyFor } from "../model/remediation.ts";
import { json, visible } from "../model/text.ts";
import { sarifSentence, sarifText, webUri } from "./escape.ts";
import { gapCounter } from "./gaps.ts";
import { jsonArray } from "./json-array.ts";
import { numberSentences } from "./numbers.ts";
import type { RenderOptions } from "./reporter.ts";
import { invocation } from "./sarif-invocation.ts";
import { placeOf } from "./sarif-location.ts";
import { level, rule, score } from "./sarif-rule.ts";
import { nameOf } from "./sentence.ts";
import { cut } from "./width.ts";

/** GitHub refuses a run with more results than this. */
const MOST_RESULTS = 25_000;
const LONGEST_NAME = 200;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** What the results leave for the end of the run. */
interface Told {
  left: number;
  waived: number;
  known: number;
  unknown: ReturnType<typeof gapCounter>;
}

/**
 * One SARIF run that GitHub's ingestion takes. Only failures are results, because it opens an alert for every result of any
 * kind; unknown verdicts and failed reads are notifications of the run.
 */
export async function* renderSarif({ head, findings }: Result, options: RenderOptions): AsyncIterable<string> {
  const told: Told = { left: 0, waived: 0, known: 0, unknown: gapCounter() };
  yield* opening(head, options);
  yield* jsonArray(results(findings, head, { told, options }), "      ");
  yield ',\n      "invocations": ';
  yield* jsonArray([invocation(head, told.unknown.gaps(), told)], "      ");
  yield "\n    }\n  ]\n}\n";
}

async function* opening(head: Head, options: RenderOptions): AsyncIterable<string> {
  const { policies, parameters, disabled } = head;
  const { name, version } = head.tool;
  const driver = { name, fullName: `${name} ${version}`, semanticVersion: version };
  yield `{\n  "$schema": ${json(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n      "tool": {\n        "driver": {\n`;
  for (const [key, value] of Object.entries(driver)) yield `          "${key}": ${json(value)},\n`;
  yield '          "rules": ';
  yield* jsonArray(policies.map(rule), "          ");
  yield "\n        }\n      },\n";
  // A file that names a category overrules the one given to the upload action, so it is named only on request.
  const category = options.sarifCategory?.replace(/\/+$/, "");
  if (category) yield `      "automationDetails": ${json({ id: `${category}/` })},\n`;
  const told = { ...(parameters ? { parameters } : {}), ...(disabled ? { disabled } : {}) };
  if (Object.keys(told).length > 0) yield `      "properties": ${json(told)},\n`;
  yield '      "columnKind": "utf16CodeUnits",\n      "results": ';
}

/** Findings come worst first, so what does not fit is the least serious. */
async function* results(
  findings: Result["findings"],
  head: Head,
  { told, options }: { told: Told; options: RenderOptions },
): AsyncIterable<SarifResult> {
  const judged = new Map(head.policies.map(({ policy }, index) => [policy.id, { policy, index }]));
  let written = 0;
  for await (const finding of findings) {
    const leftOut = leaveOut(finding, options);
    if (leftOut) told[leftOut] += 1;
    else if (finding.verdict === "unknown") told.unknown.add(finding);
    else if (written === MOST_RESULTS) told.left += 1;
    else {
      written += 1;
      yield { ...result(finding, judged.get(finding.policy)), ...(head.baseline ? stateOf(finding) : {}) };
    }
  }
}

/** As what a finding is left out; undefined: it is not. */
function leaveOut(finding: Finding, { sarifIncludeSuppressed }: RenderOptions): "waived" | "known" | undefined {
  if (!isAccepted(finding) || (sarifIncludeSuppressed && finding.verdict === "fail")) return undefined;
  return finding.waived ? "waived" : "known";
}

function result(finding: Finding, judged: { policy: Policy; index: number } | undefined): SarifResult {
  if (!judged) throw new Error(`finding ${finding.id} is of ${finding.policy}, which did not judge`);
  const { severity, token } = finding;
  const name = cut(sarifText(nameOf(token)), LONGEST_NAME);
  const sentences = [`${name} (${token.kind}): ${messageOf(finding)}`, ...numberSentences(finding, judged.policy)];
  const fingerprint = fingerprintOf(finding);
  const view = token.url === undefined ? undefined : webUri(token.url);
  return {
    ruleId: judged.policy.id,
    ruleIndex: judged.index,
    level: level(severity),
    message: { text: sentences.map(sarifSentence).join(" ") },
    locations: [
      {
        ...placeOf(finding),
        logicalLocations: [{ name, fullyQualifiedName: visible(token.id), kind: "resource" }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint, "tokenwardFinding/v1": fingerprint },
    ...(view ? { hostedViewerUri: view } : {}),
    ...(isAccepted(finding) ? { suppressions: [suppression(finding)] } : {}),
    properties: {
      severity,
      "security-severity": score(severity),
      finding: finding.id,
      remediation: sarifText(remedyFor(judged.policy, token.provider)),
    },
  };
}

function suppression(finding: Finding): Suppression {
  return { kind: "external", status: "accepted", justification: sarifSentence(acceptedText(finding) ?? "accepted") };
}

/** Where there is a baseline, every result says how it stands to it. */
function stateOf({ baseline, lapsed_baseline }: Finding): Pick<SarifResult, "baselineState"> {
  if (lapsed_baseline) return { baselineState: lapsed_baseline.because === "worse" ? "updated" : "unchanged" };
  return { baselineState: baseline ? "unchanged" : "new" };
}

/** Of identity alone: no name, line, expiry or wording, so that an alert survives them all. `:1` is GitHub's form of a line hash. */
function fingerprintOf({ policy, token, discriminator }: Finding): string {
  const identity = [policy, token.id, ...(discriminator === undefined ? [] : [discriminator])].join("\0");
  return `${createHash("sha256").update(identity).digest("hex").slice(0, 16)}:1`;
}
