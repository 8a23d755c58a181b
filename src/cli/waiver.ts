import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { Command, InvalidArgumentError, Option } from "commander";
import { uriOf } from "../config/find.ts";
import type { Finding, WaiverEntry } from "../model/documents.gen.ts";
import { parseDuration } from "../model/duration.ts";
import { TokenwardError } from "../model/errors.ts";
import { isSystemError, reasonOf } from "../model/system-error.ts";
import { byText, json, visible } from "../model/text.ts";
import { consentText, dayAfter, isExpired, selectorText, type Waiver } from "../model/waiver.ts";
import { configured, waiversFor } from "./configured.ts";
import { casesOf } from "./explain.ts";
import type { Case } from "./explanation.ts";
import { aligned } from "./layout.ts";
import {
  asOfFrom,
  type ClockOptions,
  type ConfigOptions,
  WAIVERS,
  withClock,
  withConfig,
  withConfigFile,
  withFormat,
} from "./options.ts";
import { deliver } from "./output.ts";
import { columns, write } from "./terminal.ts";
import { requireTerms, type Terms, termsFor } from "./waiver-terms.ts";

interface ListOptions extends ConfigOptions, ClockOptions {
  waivers?: string;
  expiring?: number;
  format: "table" | "json";
}

interface AddOptions extends ConfigOptions, ClockOptions, Partial<Terms> {
  waivers?: string;
  report?: string;
}

const WIDEST = 120;
const DAY = 86_400;

export function waiverCommand(): Command {
  return new Command("waiver")
    .description("exceptions that somebody answers for until a day")
    .addCommand(addCommand())
    .addCommand(listCommand());
}

function addCommand(): Command {
  const command = new Command("add")
    .description("append a waiver of one finding to the file of waivers; comments and order stay")
    .argument("<finding>", "a finding's id (8 digits are enough), or POLICY/TOKEN-ID")
    .option("--report <file>", "look it up in this JSON report instead of judging again")
    .addOption(new Option("--from-run", "judge again to find it, as without --report").conflicts("report"))
    .option("--reason <text>", "why the finding may stand")
    .option("--owner <who>", "who answers for it")
    .option("--approver <who>", "who agreed")
    .option("--expires <date>", "the last day on which it counts, at most 365 days ahead")
    .option("--waivers <file>", WAIVERS)
    .action(add);
  return withClock(withConfig(command));
}

function listCommand(): Command {
  const command = new Command("list")
    .description("the waivers there are, those that end first at the top")
    .option("--expiring <duration>", "only those that have expired or will within this time, such as 30d", days)
    .option("--waivers <file>", WAIVERS)
    .action(list);
  return withFormat(withClock(withConfigFile(command)));
}

async function add(wanted: string, options: AddOptions, command: Command): Promise<void> {
  requireTerms(options, command, [process.stdin, process.stdout]);
  const run = await configured(options);
  const { waivers: named, ...config } = run.config;
  if (!named) throw new TokenwardError("WAIVERS_UNNAMED", {});
  const asOf = asOfFrom(options);
  const path = resolve(named.value);
  const before = await textOf(path, named.source);
  const waivers = before === undefined ? [] : await waiversFor(run, asOf);
  // What is waived is looked up below; the file need not be there yet.
  const finding = findingOf(wanted, await casesOf(wanted, options, { ...run, config }));
  await refuseTwice(finding, waivers, asOf);
  const { withWaiver } = await import("../config/waiver-text.ts");
  const { waiversIn } = await import("../config/waivers.ts");
  const uri = uriOf(path, process.cwd());
  const means = { asOf, policies: run.bundle.manifest.policies };
  const faultOf = (some: Partial<Terms>) => {
    const entry = entryFor(finding, { ...SOUND, expires: asOf.slice(0, 10), ...some });
    return faultIn(() => waiversIn(withWaiver(undefined, entry), uri, means));
  };
  const terms = await termsFor(finding, options, { asOf, faultOf, input: process.stdin, output: process.stdout });
  const text = withWaiver(before, entryFor(finding, terms));
  const after = waiversIn(text, uri, means);
  await deliver(Readable.from([text]), path);
  const { by, expires } = after.at(-1) ?? { by: uri, expires: terms.expires };
  await write(`${visible(`${by} waives ${finding.policy} for ${finding.token.id} until ${expires}`)}\n`);
}

/** What the file holds; undefined: there is none yet. */
async function textOf(path: string, from: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    if (isSystemError(cause) && cause.code === "ENOENT") return undefined;
    const facts = { path: uriOf(path, process.cwd()), from, reason: reasonOf(cause) };
    throw new TokenwardError("WAIVERS_UNREADABLE", facts, { cause });
  });
}

function findingOf(wanted: string, cases: readonly Case[]): Finding {
  const findings = cases.flatMap(({ finding }) => finding ?? []);
  const [finding] = findings;
  if (!finding) throw new TokenwardError("WAIVER_NEEDLESS", { wanted, verdict: cases[0]?.verdict ?? "missing" });
  if (findings.length > 1) throw new TokenwardError("WAIVER_UNCLEAR", { wanted, count: findings.length });
  return finding;
}

async function refuseTwice(finding: Finding, waivers: readonly Waiver[], asOf: string): Promise<void> {
  const { waiverMarker } = await import("../gate/waivers.ts");
  const waived = waiverMarker(waivers, asOf)?.(finding).finding.waived;
  if (waived) throw new TokenwardError("WAIVER_PRESENT", { by: waived.by, expires: waived.expires });
}

/** Terms that nothing is wrong with, beside which one answer is tried. */
const SOUND = { reason: "?", owner: "?", approver: "?" };

/** The last sentence of what is wrong, without its place in a file that is not written yet. */
function faultIn(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof TokenwardError)) throw error;
    return error.message
      .split("\n")
      .at(-1)
      ?.replace(/^.*?waivers\[0\]\.\w+: /, "");
  }
}

function entryFor({ token, policy, discriminator }: Finding, terms: Terms): WaiverEntry {
  const { reason, owner, approver, expires } = terms;
  return {
    token: token.id,
    policy,
    ...(discriminator === undefined ? {} : { discriminator }),
    reason,
    owner,
    approver,
    expires,
  };
}

async function list(options: ListOptions): Promise<void> {
  const run = await configured(options);
  if (!run.config.waivers) throw new TokenwardError("WAIVERS_UNNAMED", {});
  const asOf = asOfFrom(options);
  const { expiring } = options;
  const last = expiring === undefined ? undefined : dayAfter(asOf, expiring);
  const all = (await waiversFor(run, asOf)).filter(({ expires }) => last === undefined || expires <= last);
  all.sort((one, other) => byText(one.expires, other.expires));
  const told = all.map((waiver) => ({ ...waiver, ...(isExpired(waiver, asOf) ? { expired: true } : {}) }));
  if (options.format === "json") return write(`${json(told)}\n`);
  if (told.length === 0) return write("no such waiver\n");
  const rows = told.map((waiver) => [
    waiver.expires,
    waiver.expired ? "expired" : "in force",
    `${waiver.policies.join(", ")} for ${selectorText(waiver.token)}: ${consentText(waiver)}`,
  ]);
  return write(aligned(rows, Math.min(columns(), WIDEST)));
}

function days(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError("Write a duration, such as 30d.");
  return Math.floor(seconds / DAY);
}
