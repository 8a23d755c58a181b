import { Command } from "commander";
import type { Manifest, Rules } from "../model/bundle.ts";
import type { Finding, Policy, Token } from "../model/documents.gen.ts";
import { formatDuration } from "../model/duration.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Judged, Verdict } from "../model/flow.ts";
import { configured, meansOf } from "./configured.ts";
import { aligned, wrapped } from "./layout.ts";
import { asOfFrom, type ClockOptions, type ConfigOptions, withClock, withConfig } from "./options.ts";
import { policyNamed, printSetting } from "./policy.ts";
import { readReport } from "./report.ts";
import { columns, write } from "./terminal.ts";

interface Options extends ConfigOptions, ClockOptions {
  report?: string;
}

/** What there is to explain: a verdict with the finding it led to, and the token where it was judged just now. */
interface Case {
  policy: Policy;
  verdict: Verdict;
  finding?: Finding;
  token?: Token;
  rules?: Rules;
}

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("which values decided, which number they were held against and where it comes from, and how to fix it")
    .argument("<finding>", "a finding's id (8 digits are enough), or POLICY/TOKEN-ID")
    .option("--report <file>", "look it up in this JSON report instead of judging again")
    .action(explain);
  return withClock(withConfig(command));
}

async function explain(wanted: string, options: Options): Promise<void> {
  const found = options.report ? await fromReport(wanted, options.report) : await fromRun(wanted, options);
  await write(found.map(tell).join("\n"));
}

async function fromReport(wanted: string, file: string): Promise<Case[]> {
  const { head, findings } = await readReport(file);
  const cases: Case[] = [];
  for await (const finding of findings) {
    const judged = head.policies.find(({ policy }) => policy.id === finding.policy);
    if (judged && isWanted(finding, wanted)) cases.push({ policy: judged.policy, verdict: finding.verdict, finding });
  }
  if (cases.length === 0) throw new TokenwardError("NOTHING_TO_EXPLAIN", { wanted, where: file });
  return cases;
}

async function fromRun(wanted: string, options: Options): Promise<Case[]> {
  const { judged } = await import("../review.ts");
  const run = await configured(options);
  const { rules, bundle } = run;
  const { manifest } = bundle;
  const cases: Case[] = [];
  for await (const item of judged(run.config, meansOf(run, asOfFrom(options))))
    cases.push(...casesIn(item, wanted, { manifest, rules }));
  if (cases.length === 0) {
    if (!/^[0-9a-f]{8,32}$/.test(wanted)) policyNamed(wanted.split("/", 1)[0] ?? "", manifest);
    throw new TokenwardError("NOTHING_TO_EXPLAIN", { wanted, where: "what the configuration reads" });
  }
  return cases;
}

function casesIn(item: Judged, wanted: string, { manifest, rules }: { manifest: Manifest; rules: Rules }): Case[] {
  if ("coverage" in item) return [];
  const { token, findings, verdicts } = item.judgement;
  return manifest.policies.flatMap((policy, index) => {
    const finding = findings.find((one) => one.policy === policy.id);
    const isNamed = wanted === `${policy.id}/${token.id}`;
    if (!isNamed && !(finding && isWanted(finding, wanted))) return [];
    return [{ policy, verdict: verdicts[index] ?? "not_applicable", token, rules, ...(finding ? { finding } : {}) }];
  });
}

function isWanted({ id, policy, token }: Finding, wanted: string): boolean {
  return wanted === `${policy}/${token.id}` || (/^[0-9a-f]{8,32}$/.test(wanted) && id.startsWith(wanted));
}

function tell({ policy, verdict, finding, token, rules }: Case): string {
  const width = Math.min(columns(), 100);
  const id = token?.id ?? finding?.token.id ?? "";
  const sections = [`${policy.id}/${id}\n`, wrapped(`${policy.title}: ${outcome(verdict, finding)}`, width)];
  if (finding)
    sections.push(
      aligned([
        ["finding", finding.id],
        ["severity", severity(finding)],
        ["location", place(finding)],
      ]),
    );
  const values = valueRows(policy, finding, token);
  if (values.length > 0) sections.push(`What decided\n${aligned(values)}`);
  const numbers = Object.entries(finding?.thresholds ?? settings(policy, token, rules));
  const rows = numbers.map(([name, one]) => [
    `  ${name}`,
    printSetting(policy.params[name]?.type, one),
    `from ${one.source}`,
    one.reason ?? "",
  ]);
  if (rows.length > 0) sections.push(`Held against\n${aligned(rows)}`);
  if (verdict === "fail") sections.push(`How to fix\n${wrapped(policy.remediation, width, "  ")}`);
  return sections.join("\n");
}

function outcome(verdict: Verdict, finding?: Finding): string {
  if (finding) return `${verdict}. ${finding.message}`;
  return verdict === "pass" ? "pass" : "not applicable to this token";
}

function severity({ severity: word, token }: Finding): string {
  return token.breadth ? `${word} (the token's breadth is ${token.breadth})` : word;
}

function place({ location: { via, uri, line, column } }: Finding): string {
  return via === "virtual" ? "no file declares this token" : `${uri}:${line}:${column}`;
}

function valueRows(
  { evidence: kinds, needs }: Policy,
  finding: Finding | undefined,
  token: Token | undefined,
): string[][] {
  const values = finding?.verdict === "fail" ? finding.evidence : {};
  const rows = Object.entries(values).map(([name, value]) => [
    `  ${name}`,
    kinds[name] === "duration" && typeof value === "number" ? `${formatDuration(value)} (${value} s)` : shown(value),
  ]);
  const unknown = Object.entries(finding?.unknown ?? {}).map(([field, reason]) => [`  ${field}`, `unknown: ${reason}`]);
  const record = needs
    .filter((field) => token && field in token)
    .map((field) => [`  ${field}`, shown(token?.[field as keyof Token])]);
  return [...rows, ...unknown, ...record];
}

function settings({ id }: Policy, token: Token | undefined, rules: Rules | undefined): Finding["thresholds"] {
  if (!token || !rules) return {};
  return rules.parameters.kinds[token.kind]?.[id] ?? rules.parameters.any[id] ?? {};
}

function shown(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
