import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { type Schema, Validator } from "jsonschema";
import type { Log, Region, ReportingDescriptor, Result, Run } from "sarif";

/** All that the OASIS schema, codeql-action's schema and GitHub's ingestion would hold against a SARIF document; empty: they take it. */
export function sarifFaults(document: unknown): string[] {
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  return [...oasisFaults(parsed), ...codeqlFaults(parsed), ...ingestionFaults(parsed)];
}

const oasis = compileOasis();
const codeql = schema("codeql-action-sarif-schema-2.1.0.json") as Schema;

function compileOasis() {
  const ajv = new Ajv.default({ allErrors: true, strict: false });
  addFormats.default(ajv as unknown as Parameters<typeof addFormats.default>[0]);
  return ajv.compile(schema("sarif-schema-2.1.0.json") as object);
}

export function oasisFaults(document: unknown): string[] {
  oasis(document);
  return (oasis.errors ?? []).map(({ instancePath, message }) => `oasis: ${instancePath} ${message}`);
}

/** As the upload action does it: errors about the form of a URI do not count. */
export function codeqlFaults(document: unknown): string[] {
  const { errors } = new Validator().validate(document, codeql);
  return errors
    .filter(({ name, argument }) => !(name === "format" && (argument === "uri" || argument === "uri-reference")))
    .map(({ property, message }) => `codeql: ${property} ${message}`);
}

/** What no published schema says, and GitHub refuses a whole file for, or shows wrongly. */
export function ingestionFaults(document: unknown): string[] {
  const { $schema, runs = [] } = document as Partial<Log>;
  return told("ingestion", [
    [!$schema, "no $schema"],
    [runs.length !== 1, `${runs.length} runs; one in a file is the safe shape`],
    ...runs.flatMap((run) => [...runChecks(run), ...ruleChecks(run), ...resultChecks(run)]),
  ]);
}

type Check = readonly [isFault: boolean, sentence: string];

function told(by: string, checks: readonly Check[]): string[] {
  return checks.flatMap(([isFault, sentence]) => (isFault ? [`${by}: ${sentence}`] : []));
}

function runChecks({ results, automationDetails, invocations }: Run): Check[] {
  const fingerprints = (results ?? []).map(
    ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints?.primaryLocationLineHash}`,
  );
  return [
    [results === undefined, "results are missing, so old alerts would stay open"],
    [(results?.length ?? 0) > 25_000, "more than 25,000 results"],
    [new Set(fingerprints).size < fingerprints.length, "two results of a rule share a fingerprint"],
    [automationDetails !== undefined && !automationDetails.id?.endsWith("/"), "a category without its slash"],
    [JSON.stringify(invocations ?? []).includes("TimeUtc"), "the time of the run"],
  ];
}

function ruleChecks({ tool: { driver } }: Run): Check[] {
  const rules = driver.rules ?? [];
  const ids = new Set(rules.map(({ id }) => id));
  return [[ids.size < rules.length, "two rules with one id"], ...rules.flatMap(checksOfRule)];
}

function checksOfRule({ id, name, shortDescription, fullDescription, help, properties }: ReportingDescriptor): Check[] {
  const severity: unknown = properties?.["security-severity"];
  const tags = properties?.tags ?? [];
  const isText = (text: string | undefined, most: number) => !!text?.trim() && text.length <= most;
  return [
    [!isText(shortDescription?.text, 1024), `rule ${id}: shortDescription`],
    [!isText(fullDescription?.text, 1024), `rule ${id}: fullDescription`],
    [!isText(help?.text, 100_000), `rule ${id}: help`],
    [name !== undefined && name.length > 255, `rule ${id}: name too long`],
    [tags.length > 10, `rule ${id}: ${tags.length} tags`],
    [new Set(tags).size < tags.length, `rule ${id}: a tag twice`],
    [
      typeof severity !== "string" || !/^\d+\.\d$/.test(severity) || Number(severity) <= 0 || Number(severity) > 10,
      `rule ${id}: security-severity ${severity}`,
    ],
  ];
}

function resultChecks({ results = [], tool }: Run): Check[] {
  const rules = tool.driver.rules ?? [];
  return results.flatMap((result, index) =>
    checksOfResult(result, rules).map(([isFault, sentence]) => [isFault, `result ${index}: ${sentence}`] as const),
  );
}

function checksOfResult(result: Result, rules: readonly ReportingDescriptor[]): Check[] {
  const { ruleId, ruleIndex, message, locations = [], partialFingerprints, kind, suppressions } = result;
  const uri = locations[0]?.physicalLocation?.artifactLocation?.uri;
  return [
    [!rules.some(({ id }) => id === ruleId), `rule ${ruleId} is not listed`],
    [rules[ruleIndex ?? -1]?.id !== ruleId, `rule index ${ruleIndex} is not that of ${ruleId}`],
    [!message.text?.trim(), "no message"],
    [locations.length !== 1, `${locations.length} locations`],
    [!uri, "no artifact location"],
    [!!uri && !isRelative(uri), `the uri ${uri} is not a plain relative reference`],
    [!isRegion(locations[0]?.physicalLocation?.region ?? {}), "no whole region"],
    [!/^[0-9a-f]{16}:1$/.test(partialFingerprints?.primaryLocationLineHash ?? ""), "no fingerprint of our own"],
    [kind !== undefined && kind !== "fail", `kind ${kind} would open an alert`],
    [suppressions !== undefined, "a suppressed result would open an alert"],
  ];
}

/** RFC 3986 path-noscheme with no climbing and no empty segments. */
function isRelative(uri: string): boolean {
  const segments = uri.split("/");
  const isSegment = (text: string) => /^(?:[\w\-.~!$&'()*+,;=@]|%[0-9A-F]{2})+$/.test(text);
  return segments.every((segment) => isSegment(segment) && segment !== "." && segment !== "..");
}

function isRegion({ startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 }: Region): boolean {
  if (startLine < 1 || startColumn < 1 || endColumn < 1) return false;
  return endLine > startLine || (endLine === startLine && endColumn > startColumn);
}

function schema(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`schemas/sarif/${name}`, import.meta.url), "utf8"));
}
