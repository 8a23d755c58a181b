import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AnnotationProperties, error, notice, warning } from "@actions/core";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { TaskCommand } from "azure-pipelines-task-lib/taskcommand.js";
import { HtmlValidate } from "html-validate/node";
import { lint } from "markdownlint/sync";
import { lexer, type Token, type Tokens } from "marked";
import { validateXML } from "xmllint-wasm";

function schemaIn(path: string): object {
  return JSON.parse(readFileSync(new URL(`./schemas/${path}`, import.meta.url), "utf8")) as object;
}

const codequality = new Ajv({ strict: false }).compile(schemaIn("gitlab/codeclimate.json"));
const sast = new Ajv({ strict: false, allErrors: true }).compile(
  schemaIn("gitlab/sast-report-format-15.2.1.transcribed.json"),
);
const ocsf = new Ajv2020({ strict: false, allErrors: true }).compile(
  schemaIn("ocsf/ocsf-1.8.0-compliance_finding.schema.json"),
);

export function sastFaults(report: unknown): string[] {
  return schemaFaults(sast, report);
}

export function ocsfFaults(event: unknown): string[] {
  return schemaFaults(ocsf, event);
}

function schemaFaults(validate: typeof sast, document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The schema leaves severities, paths and fingerprints open; GitLab does not. */
export function codequalityFaults(items: readonly object[]): string[] {
  const faults = items.flatMap((item) => schemaFaults(codequality, item));
  const fingerprints = new Set<string>();
  for (const item of items as {
    fingerprint: string;
    severity: string;
    location?: { path: string; lines?: { begin: number } };
  }[]) {
    if (fingerprints.has(item.fingerprint)) faults.push(`fingerprint ${item.fingerprint} stands twice`);
    fingerprints.add(item.fingerprint);
    if (!/^(?:info|minor|major|critical|blocker)$/.test(item.severity)) faults.push(`severity ${item.severity}`);
    if (!/^(?!\/|\.\.)./.test(item.location?.path ?? "")) faults.push(`path ${item.location?.path}`);
    if (!((item.location?.lines?.begin ?? 0) >= 1)) faults.push("no line");
  }
  return faults;
}

const xsds = ["junit/ant-junit-windyroad.xsd", "junit/jenkins-xunit-junit-10.xsd"].map((path) =>
  readFileSync(new URL(`./schemas/${path}`, import.meta.url), "utf8"),
);

const oscal = compileOscal();

function compileOscal() {
  const ajv = new Ajv({ strict: true, allErrors: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  return ajv.compile(schemaIn("oscal/oscal_assessment-results_schema.json"));
}

interface OscalResult {
  observations?: { uuid: string; props?: { name: string; value: string }[] }[];
  findings?: { "related-observations"?: { "observation-uuid": string }[] }[];
}

export function oscalResult(text: string): OscalResult {
  const document = JSON.parse(text) as { "assessment-results": { results: [OscalResult] } };
  return document["assessment-results"].results[0];
}

/** The schema does not see a reference to nothing, nor a UUID that stands twice. */
export function oscalFaults(text: string): string[] {
  const faults = schemaFaults(oscal, JSON.parse(text));
  const { observations = [], findings = [] } = oscalResult(text);
  const known = new Set(observations.map(({ uuid }) => uuid));
  if (known.size < observations.length) faults.push("a UUID stands twice");
  const references = findings.flatMap((one) => one["related-observations"] ?? []);
  const dangling = references.filter((one) => !known.has(one["observation-uuid"]));
  return [...faults, ...dangling.map((one) => `${one["observation-uuid"]} is nowhere`)];
}

export async function junitFaults(text: string): Promise<string[]> {
  const checks = xsds.map((schema) =>
    validateXML({ xml: [{ fileName: "report.xml", contents: text }], schema: [schema] }),
  );
  return (await Promise.all(checks)).flatMap(({ errors }) => errors.map(({ message }) => message));
}

/** GitHub's own library has to write the same line for the same annotation. */
export function actionFaults(line: string): string[] {
  const [, kind = "", written = "", message = ""] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const properties = Object.fromEntries(written.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2))) as Record<
    string,
    string
  >;
  const {
    title,
    file,
    line: startLine,
    endLine,
    col,
    endColumn,
  } = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, decoded(value)]));
  const theirs = { title, file, startLine, endLine, startColumn: col, endColumn } as unknown as AnnotationProperties;
  const say = kind === "error" ? error : kind === "warning" ? warning : notice;
  const said = captured(() => say(decoded(message), theirs));
  return partsOf(said) === partsOf(line) ? [] : [`${line} is not ${said}`];
}

/** The order of properties is free. */
function partsOf(line: string): string {
  const [, head = "", properties = "", message = ""] = /^(::\w+ )(.*?)(::.*)$/.exec(line.trimEnd()) ?? [];
  return `${head}${properties.split(",").sort().join(",")}${message}`;
}

function decoded(text = ""): string {
  return text.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function captured(say: () => void): string {
  const { write } = process.stdout;
  let said = "";
  process.stdout.write = (piece: unknown) => {
    said += String(piece);
    return true;
  };
  try {
    say();
  } finally {
    process.stdout.write = write;
  }
  return said;
}

export function azureFaults(line: string): string[] {
  const [, written = "", message = ""] = /^##vso\[task\.logissue (.*?)\](.*)$/.exec(line) ?? [];
  const properties = Object.fromEntries(
    written
      .split(";")
      .filter((pair) => pair !== "")
      .map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(azureDecoded)),
  ) as Record<string, string>;
  const theirs = new TaskCommand("task.logissue", properties, azureDecoded(message)).toString();
  return theirs === line ? [] : [`${line} is not ${theirs}`];
}

function azureDecoded(text = ""): string {
  return text.replaceAll("%3B", ";").replaceAll("%5D", "]").replaceAll("%AZP25", "%");
}

/** Lost cells, and whatever a name made of a table: a link, a picture, raw HTML. */
export function markdownFaults(text: string): string[] {
  const { report = [] } = lint({
    strings: { report: text },
    config: { default: false, MD056: true, MD011: true, MD034: true, MD033: true },
  });
  const strange = tokensOf(lexer(text)).filter(({ type }) => ["link", "image", "html"].includes(type));
  const mentions = text.match(/(?<![\w&])[@#](?=\w)(?!#)/g) ?? [];
  return [
    ...report.map(
      ({ lineNumber, ruleNames, errorDetail }) => `line ${lineNumber}: ${ruleNames.join(" ")} ${errorDetail ?? ""}`,
    ),
    ...strange.map(({ type, raw }) => `${type}: ${raw}`),
    ...mentions.map((mark) => `${mark} before a name`),
  ];
}

function tokensOf(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const inner = "tokens" in token ? (token.tokens ?? []) : [];
    const cells =
      token.type === "table" ? [...(token as Tokens.Table).header, ...(token as Tokens.Table).rows.flat()] : [];
    return [token, ...tokensOf(inner), ...tokensOf(cells.flatMap((cell) => cell.tokens))];
  });
}

const htmlRules = new HtmlValidate({ root: true, extends: ["html-validate:recommended"] });

/** What html-validate says, and whatever could load, run or send something. */
export function htmlFaults(text: string): string[] {
  const { results } = htmlRules.validateStringSync(text);
  const tags = text.replace(/(<(script|style)>).*?<\/\2>/gs, "$1").match(/<[a-z][^>]*>/gi) ?? [];
  const loading = tags.filter((tag) =>
    /^<(?:img|iframe|object|embed|link|base|form|video|audio|image|use)\b/i.test(tag),
  );
  const attributes = tags.filter((tag) => /\s(?:on\w+|style|src|srcset|action|ping|background)\s*=/i.test(tag));
  const links = tags.filter((tag) => /\shref="(?!#|https?:\/\/)/i.test(tag));
  return [
    ...results.flatMap(({ messages }) =>
      messages.map(({ ruleId, line, message }) => `line ${line}: ${ruleId} ${message}`),
    ),
    ...[...loading, ...attributes, ...links].map((tag) => `${tag} may load, run or send something`),
  ];
}

/** `promtool`, where there is one; it sees neither a series that stands twice nor a family in two places. */
export function prometheusFaults(text: string): string[] {
  const series = text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.replace(/ \S+$/, ""));
  const twice = series.filter((one, index) => series.indexOf(one) !== index).map((one) => `${one} stands twice`);
  const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const split = new Set(types).size === types.length ? [] : ["a family stands in two places"];
  return [...twice, ...split, ...(hasPromtool ? promtoolFaults(text) : [])];
}

function promtoolFaults(text: string): string[] {
  const { status, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  return status === 0 ? [] : [stderr];
}

/** Debian's package `prometheus` has it; without it the check is a skipped test that says so. */
export const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
