import { Command } from "commander";
import type { Manifest } from "../model/bundle.ts";
import { isGap } from "../model/coverage.ts";
import type { Finding } from "../model/documents.gen.ts";
import { isEntry } from "../model/entry-record.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Judgement } from "../model/flow.ts";
import type { Intent } from "../model/intent.ts";
import { nearest } from "../model/nearest.ts";
import { number } from "../model/number.ts";
import { registerOf, standingsOf } from "../model/register.ts";
import { type Configured, configured, meansOf } from "./configured.ts";
import { type Case, explanation } from "./explanation.ts";
import {
  asOfFrom,
  BASELINE,
  type ClockOptions,
  type ConfigOptions,
  REGISTER,
  WAIVERS,
  withClock,
  withConfig,
} from "./options.ts";
import { policyNamed } from "./policy.ts";
import { readReport } from "./report.ts";
import { columns, write } from "./terminal.ts";
import { wireFor, withReplay } from "./wire.ts";

export interface Options extends ConfigOptions, ClockOptions {
  report?: string;
  register?: string;
  waivers?: string;
  baseline?: string;
  replay?: string;
}

const WIDEST = 100;
/** What a report shows of a finding's id, and the whole of it. */
const FINDING_ID = /^[0-9a-f]{8,32}$/;

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("which values decided, which number they were held against and where it comes from, and how to fix it")
    .argument("<finding>", "a finding's id (8 digits are enough), or POLICY/TOKEN-ID")
    .option("--report <file>", "look it up in this JSON report instead of judging again")
    .option("--register <path>", REGISTER)
    .option("--waivers <file>", WAIVERS)
    .option("--baseline <file>", BASELINE)
    .action(explain);
  return withReplay(withClock(withConfig(command)));
}

async function explain(wanted: string, options: Options): Promise<void> {
  const cases = await casesOf(wanted, options);
  const width = Math.min(columns(), WIDEST);
  await write(cases.map((one) => explanation(one, width)).join("\n\n"));
}

/** The verdicts that a finding's id or POLICY/TOKEN-ID names, in a report or in a run of now; at least one. */
export async function casesOf(wanted: string, options: Options, run?: Configured): Promise<Case[]> {
  return options.report
    ? fromReport(wanted, options.report)
    : fromRun(wanted, options, run ?? (await configured(options)));
}

async function fromReport(wanted: string, file: string): Promise<Case[]> {
  const { head, findings } = await readReport(file);
  const policies = head.policies.map(({ policy }) => policy);
  const guesses = guesser(wanted, policies);
  const cases: Case[] = [];
  for await (const finding of findings) {
    const policy = policies.find(({ id }) => id === finding.policy);
    if (policy && isWanted(finding, wanted)) cases.push({ policy, verdict: finding.verdict, finding });
    guesses.see(finding.token, [finding]);
  }
  if (cases.length > 0) return cases;
  throw nothing(wanted, `${file}, which holds failures and unknown verdicts only`, guesses.best());
}

async function fromRun(wanted: string, options: Options, run: Configured): Promise<Case[]> {
  const { judged } = await import("../review.ts");
  const { marker } = await import("../gate/marker.ts");
  const { tableOf } = await import("../gate/baseline-table.ts");
  const { manifest } = run.bundle;
  const guesses = guesser(wanted, manifest.policies);
  const cases: Case[] = [];
  let unread = 0;
  const { wire, asOf } = await wireFor(options, run.config, (suggested) => asOfFrom(options, suggested));
  const means = await meansOf(run, asOf, { wire });
  const { waivers, baseline } = means;
  const mark = marker({ waivers, baseline: baseline && tableOf(baseline) }, means.asOf);
  for await (const item of judged(run.config, means)) {
    if ("coverage" in item) {
      if (isGap(item.coverage.outcome)) unread += 1;
      continue;
    }
    const findings = item.judgement.findings.map((finding) => mark?.(finding).finding ?? finding);
    cases.push(...(await casesIn({ ...item.judgement, findings }, wanted, { ...run, ...means.intent })));
    guesses.see(item.judgement.token, item.judgement.findings);
  }
  if (cases.length > 0) return cases;
  const best = guesses.best();
  if (wanted.includes("/") && best === undefined) policyNamed(wanted.split("/", 1)[0] ?? "", manifest);
  const gaps = unread > 0 ? ` (${number(unread, "read")} denied or failed)` : "";
  throw nothing(wanted, `what the configuration reads${gaps}`, best);
}

function nothing(wanted: string, where: string, best: string | undefined): TokenwardError {
  return new TokenwardError("NOTHING_TO_EXPLAIN", { wanted, where, nearest: best });
}

async function casesIn(
  { token, findings, verdicts }: Judgement,
  wanted: string,
  run: Configured & Intent,
): Promise<Case[]> {
  const { register } = run;
  const cases: Case[] = [];
  const failed = findings.flatMap(({ policy, verdict }) => (verdict === "fail" ? [policy] : []));
  for (const [index, policy] of run.bundle.manifest.policies.entries()) {
    const finding = findings.find((one) => one.policy === policy.id);
    const isNamed = wanted === `${policy.id}/${token.id}`;
    if (!isNamed && !(finding && isWanted(finding, wanted))) continue;
    cases.push({
      policy: { ...policy, severity: run.rules.severity[policy.id] ?? policy.severity },
      verdict: verdicts[index] ?? "not_applicable",
      judged: {
        ...{ token, rules: run.rules, failed, ...(await switchedOff(policy.id, run)) },
        ...(register && !isEntry(token) ? { entries: standingsOf(registerOf(register), token) } : {}),
      },
      ...(finding ? { finding } : {}),
    });
  }
  return cases;
}

/** Which line of the configuration switches a policy off, if one does. */
async function switchedOff(policy: string, { config, rules, bundle }: Configured): Promise<{ offBy?: string }> {
  if (!rules.disabled.includes(policy)) return {};
  const { effective } = await import("../config/effective.ts");
  const offBy = effective(config, rules, bundle).disabled[policy]?.source;
  return offBy === undefined ? {} : { offBy };
}

function isWanted({ id, policy, token }: Finding, wanted: string): boolean {
  return wanted === `${policy}/${token.id}` || (FINDING_ID.test(wanted) && id.startsWith(wanted));
}

/** Looks out for the verdict that was probably meant, while tokens pass by: none of them is kept. */
function guesser(
  wanted: string,
  policies: Manifest["policies"],
): { see(token: { id: string; name: string }, findings: readonly Finding[]): void; best(): string | undefined } {
  const [first = "", ...rest] = wanted.split("/");
  const policy = policies.find(({ id, aliases }) => id === first || aliases?.includes(first))?.id;
  const name = policy === undefined ? wanted : rest.join("/");
  const guesses: { near?: string; far?: string } = {};
  return {
    see(token, findings) {
      const how = likeness(name, token);
      if (how) guesses[how] ??= `${policy ?? findings[0]?.policy ?? policies[0]?.id}/${token.id}`;
    },
    best: () => guesses.near ?? guesses.far,
  };
}

/** Near: a slip of the fingers, a name, the end of an id. Far: another account or kind, but the same last part. */
function likeness(wanted: string, { id, name }: { id: string; name: string }): "near" | "far" | undefined {
  if (wanted === "") return undefined;
  if (wanted === id || wanted === name || id.endsWith(`/${wanted}`)) return "near";
  if (Math.abs(id.length - wanted.length) <= 3 && nearest(wanted, [id]) !== undefined) return "near";
  return wanted.includes("/") && id.endsWith(wanted.slice(wanted.lastIndexOf("/"))) ? "far" : undefined;
}
