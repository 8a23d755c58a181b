import { knownText, lapsedText } from "../model/baseline.ts";
import type { Finding, Grant, Policy, Token } from "../model/documents.gen.ts";
import { exactDuration } from "../model/duration.ts";
import type { Verdict } from "../model/flow.ts";
import { remedyFor } from "../model/remediation.ts";
import { settingText, sourceText } from "../model/setting-text.ts";
import { settingsOn } from "../model/settings.ts";
import { severities } from "../model/severity.ts";
import { expiredText, waivedText } from "../model/waiver.ts";
import { aligned, wrapped } from "./layout.ts";
import { originRows } from "./origin-rows.ts";
import { registerRows } from "./register-rows.ts";
import { type Judged, whyNot } from "./why-not.ts";

/** What there is to explain: a verdict with the finding it led to, and the token where it was judged just now. */
export interface Case {
  policy: Policy;
  verdict: Verdict;
  finding?: Finding;
  judged?: Judged;
}

const GRANTS_TOLD = 12;

/** What to do about a field that nobody could know, by the reason. */
const ADVICE: Readonly<Record<string, string>> = {
  "not-asked": "Let the source say it: a value, the word for none, or `not-exposed` where the provider does not tell.",
  "not-exposed": "The provider does not tell: look for another source that does, or exempt the kind with a reason.",
  denied: "Give the credential that collects the right to read it.",
  "not-listed":
    "Name the person, or the team of somebody, in the directory's export; or correct the name in the register.",
  failed: "See under COVERAGE what went wrong, then collect again.",
};

/** One verdict in full, at most `width` columns wide: which values, held against which numbers from where, and what to do. */
export function explanation(told: Case, width: number): string {
  const { policy, verdict, finding } = told;
  const sections = [
    `${policy.id}/${told.judged?.token.id ?? finding?.token.id ?? ""}\n`,
    wrapped(outcome(told), width),
    aligned(aboutRows(told), width),
    titled("What decided", valueRows(told), width),
    titled("Held against", numberRows(told), width),
    titled("In the register", registerRows(told.judged?.entries), width),
    verdict === "fail" ? `How to fix\n${wrapped(remedyFor(policy, providerOf(told)), width, "  ")}` : "",
    verdict === "unknown"
      ? `What to do\n${adviceOn(finding)
          .map((one) => wrapped(one, width, "  "))
          .join("")}`
      : "",
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function providerOf({ finding, judged }: Case): string {
  return judged?.token.provider ?? finding?.token.provider ?? "";
}

function titled(title: string, rows: readonly string[][], width: number): string {
  return rows.length === 0 ? "" : `${title}\n${aligned(rows, width)}`;
}

function outcome({ policy, verdict, finding, judged }: Case): string {
  if (verdict === "fail") return `fail: ${finding?.message}`;
  if (verdict === "unknown") return `unknown: no verdict is possible (${finding?.message})`;
  if (verdict === "pass") return "pass: the policy has nothing against this token";
  return `not applicable: ${judged ? whyNot(policy, judged) : "the policy does not judge this token"}`;
}

function aboutRows({ policy, finding, judged }: Case): string[][] {
  const name = judged?.token.name ?? finding?.token.name ?? "";
  const rows = [
    ["policy", `"${policy.title}"`],
    ["token", name === "" ? "(unnamed)" : `"${name}"`],
    ...(judged ? originRows(judged.token) : []),
  ];
  if (!finding) return rows;
  const { via, uri, line, column } = finding.location;
  const location = via === "virtual" ? "no file declares this token" : `${uri}:${line}:${column}`;
  return [
    ...rows,
    ["finding", finding.id],
    ["severity", severity(finding, policy)],
    ["location", location],
    ...waiverRows(finding),
    ...baselineRows(finding),
  ];
}

/** Whether it is accepted as known, or was. */
function baselineRows(finding: Finding): string[][] {
  const lapsed = lapsedText(finding.lapsed_baseline);
  const text = knownText(finding) ?? (lapsed && `${lapsed}, so it counts again`);
  return text === undefined ? [] : [["baseline", text]];
}

/** The waiver that covers it, or did. */
function waiverRows(finding: Finding): string[][] {
  const text = waivedText(finding) ?? expiredText(finding);
  return text === undefined ? [] : [["waiver", `${text}${finding.waived ? "" : ", so it counts again"}`]];
}

function severity({ severity: word, token }: Finding, { severity: declared }: Policy): string {
  const isRaised = severities.indexOf(word) > severities.indexOf(declared);
  const moved = word === declared ? "" : `${declared}, ${isRaised ? "raised" : "lowered"}: `;
  return `${word} (${moved}the token's breadth is ${token.breadth ?? "unknown"})`;
}

/** What the rule found and what the record says; the numbers it was held against stand below. */
function valueRows({ policy, verdict, finding, judged }: Case): string[][] {
  if (verdict === "not_applicable") return [];
  const evidence = Object.entries(finding?.evidence ?? {}).filter(([name]) => !Object.hasOwn(policy.params, name));
  const found = evidence.map(([name, value]) => row(name, valueText(value, policy.evidence[name])));
  const unknown = Object.entries(finding?.unknown ?? {}).map(([field, reason]) => row(field, `unknown (${reason})`));
  const told = new Set([...found, ...unknown].map(([label]) => label));
  const record = policy.needs
    .flatMap((field) => (judged ? fieldRows(field, judged.token) : []))
    .filter(([label]) => !told.has(label));
  return [...found, ...unknown, ...record];
}

function row(label: string, value: string): string[] {
  return [`  ${label}`, value];
}

function fieldRows(field: Policy["needs"][number], token: Token): string[][] {
  if (field === "grants" && token.grants) return grantRows(token.grants);
  if (field === "facts.register" || field === "facts.register_owner") return [];
  const value = field === "principal.state" ? token.principal?.state : token[field];
  return value === undefined ? [] : [row(field, recordText(field, token) ?? valueText(value))];
}

function grantRows(grants: readonly Grant[]): string[][] {
  const told = grants.slice(0, GRANTS_TOLD).map(grantText);
  const left = grants.length - told.length;
  const texts = [...told, ...(left > 0 ? [`and ${left} more`] : [])];
  if (texts.length === 0) return [row("grants", "none")];
  return texts.map((text, index) => row(index === 0 ? "grants" : "", text));
}

/** `write contents on acme/shop`. */
function grantText({ access, scope, resource }: Grant): string {
  const what = access === "unknown" ? `${scope} (access unknown)` : `${access} ${scope}`;
  return `${what} on ${resource === "*" ? "all it reaches" : resource}`;
}

/** Fields that are records themselves, in words. */
function recordText(field: Policy["needs"][number], token: Token): string | undefined {
  const { principal, reach, usage, consumers } = token;
  switch (field) {
    case "principal":
      return principal ? principalText(principal) : undefined;
    case "reach":
      return reach ? [reach.selection, reach.count ?? []].flat().join(", ") : undefined;
    case "usage":
      return usage ? `at most ${usage.access} since ${usage.since}` : undefined;
    case "consumers":
      return consumers?.map(({ type, name }) => `${type} ${name}`).join(", ") || undefined;
    default:
      return undefined;
  }
}

function principalText({ type, id, name = id, state }: NonNullable<Token["principal"]>): string {
  return `${type} ${name === id ? id : `${name} (${id})`}${state ? `, ${state}` : ""}`;
}

function valueText(value: unknown, kind?: Policy["evidence"][string]): string {
  if (kind === "duration" && typeof value === "number") return exactDuration(value);
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map((item) => valueText(item)).join(", ") || "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function numberRows({ policy, verdict, finding, judged }: Case): string[][] {
  const numbers = verdict === "pass" ? settingsOf(policy, judged) : (finding?.thresholds ?? {});
  return Object.entries(numbers).map(([name, one]) => [
    `  ${name}`,
    settingText(policy.params[name]?.type, one),
    sourceText(one),
  ]);
}

function settingsOf(policy: Policy, judged: Case["judged"]): Finding["thresholds"] {
  return judged ? settingsOn(judged.rules.parameters, policy, judged.token) : {};
}

function adviceOn(finding: Finding | undefined): string[] {
  return [...new Set(Object.values(finding?.unknown ?? {}))].map(
    (reason) => ADVICE[reason] ?? "Look up why the field could not be known.",
  );
}
