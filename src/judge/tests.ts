import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TokenwardError } from "../model/errors.ts";
import { annotationsIn, mustNotReachOut } from "./annotations.ts";
import { complaintsFrom, told } from "./complaints.ts";
import { type Opa, runOpa } from "./opa.ts";
import { type Sources, stage, stageTests } from "./staging.ts";

/** One test rule, and how it ended. */
export interface PolicyTest {
  name: string;
  file: string;
  line: number;
  outcome: "pass" | "fail" | "error" | "skipped";
  /** What OPA shows of a failure: the line that did not hold, with the values in it. */
  detail?: string;
}

export interface TestRun {
  tests: PolicyTest[];
  /** Lines that no test reaches, by file; not measured while a test fails. */
  coverage?: { covered: number; lines: number; missed: { file: string; from: number; to: number }[] };
}

/** The same run with its files under other names, also where a detail speaks of them. */
export function renamed(
  { tests, coverage }: TestRun,
  { file, text }: { file: (name: string) => string; text: (detail: string) => string },
): TestRun {
  const told = tests.map((test) => ({
    ...test,
    file: file(test.file),
    ...(test.detail === undefined ? {} : { detail: text(test.detail) }),
  }));
  if (!coverage) return { tests: told };
  const missed = coverage.missed.map((range) => ({ ...range, file: file(range.file) }));
  return { tests: told, coverage: { ...coverage, missed } };
}

/** Whether no test failed. */
export function isGreen({ tests }: Pick<TestRun, "tests">): boolean {
  return tests.every(({ outcome }) => outcome === "pass" || outcome === "skipped");
}

/**
 * Runs the tests that stand in these folders, with all of the sources in reach. Files are named as they are staged, below
 * `policies/`; coverage is that of the files named as one's own.
 */
export async function testPolicies(
  opa: Opa,
  sources: Sources,
  folders: readonly string[],
  own: ReadonlySet<string>,
): Promise<TestRun> {
  const scratch = await mkdtemp(join(tmpdir(), "tokenward-"));
  try {
    await stage(sources, scratch);
    await stageTests(folders, scratch);
    await writeFile(join(scratch, CAPABILITIES), JSON.stringify(await capabilities(opa, scratch)));
    // What cannot be read has no test to run either, and is told of below.
    mustNotReachOut(await annotationsIn(opa, scratch).catch(() => []));
    const tests = await outcomes(opa, scratch);
    const failed = tests.filter(({ outcome }) => outcome === "fail");
    const details = failed.length > 0 ? await detailsOf(opa, scratch, failed) : new Map<string, string>();
    const shown = tests.map((test) => detailed(test, details));
    return {
      tests: shown.map(withoutPath),
      ...(isGreen({ tests }) ? { coverage: await coverage(opa, scratch, own) } : {}),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Case {
  location: { file: string; row: number };
  package: string;
  name: string;
  fail?: boolean;
  skip?: boolean;
  error?: { message?: string };
}

/** A test under the name that OPA calls it by. */
type Known = PolicyTest & { path: string };

async function outcomes(opa: Opa, scratch: string): Promise<Known[]> {
  const { stdout, stderr } = await testing(opa, ["-f", "json"], scratch);
  const cases = parsed<Case[] | null>(stdout);
  if (cases === undefined) throw await refusal(opa, scratch, stderr || stdout);
  return (cases ?? []).map(({ location, package: place, name, fail, skip, error }) => ({
    name,
    path: `${place}.${name}`,
    file: location.file,
    line: location.row,
    outcome: error ? "error" : fail ? "fail" : skip ? "skipped" : "pass",
    ...(error?.message === undefined ? {} : { detail: error.message }),
  }));
}

/** So many failures are shown with their values; the rest is listed. */
const SHOWN = 20;

async function detailsOf(opa: Opa, scratch: string, failed: readonly Known[]): Promise<Map<string, string>> {
  const names = failed.slice(0, SHOWN).map(({ path }) => path.replaceAll(".", "\\."));
  const { stdout } = await testing(opa, ["--var-values", "--run", `^(${names.join("|")})$`], scratch);
  const [failures = ""] = stdout.split(/^SUMMARY$/m);
  const blocks = failures.split(/^(data\.\S+): FAIL.*$/m).slice(1);
  const details = new Map<string, string>();
  for (let index = 0; index < blocks.length; index += 2)
    details.set(blocks[index] ?? "", (blocks[index + 1] ?? "").replaceAll("\t", "  ").replace(/^\s*\n|\s+$/g, ""));
  return details;
}

function detailed(test: Known, details: ReadonlyMap<string, string>): Known {
  const detail = details.get(test.path);
  return detail ? { ...test, detail } : test;
}

interface Covered {
  files?: Record<string, { covered_lines?: number; not_covered_lines?: number; not_covered?: Range[] }>;
}

interface Range {
  start: { row: number };
  end: { row: number };
}

async function coverage(
  opa: Opa,
  scratch: string,
  own: ReadonlySet<string>,
): Promise<NonNullable<TestRun["coverage"]>> {
  const { stdout, stderr } = await testing(opa, ["--coverage", "-f", "json"], scratch);
  const report = parsed<Covered>(stdout);
  if (report === undefined) throw await refusal(opa, scratch, stderr || stdout);
  const files = Object.entries(report.files ?? {}).filter(([file]) => own.has(file));
  const missed = files.flatMap(([file, { not_covered = [] }]) =>
    not_covered.map(({ start, end }) => ({ file, from: start.row, to: end.row })),
  );
  const sum = (of: (counts: NonNullable<Covered["files"]>[string]) => number | undefined) =>
    files.reduce((total, [, counts]) => total + (of(counts) ?? 0), 0);
  const covered = sum((counts) => counts.covered_lines);
  return { covered, lines: covered + sum((counts) => counts.not_covered_lines), missed };
}

function withoutPath({ path: _, ...test }: Known): PolicyTest {
  return test;
}

const CAPABILITIES = "test-capabilities.json";
/** Tests run outside of WebAssembly: whoever tests somebody's policies lends them neither network nor environment. */
const WITHHELD = ["http.send", "net.lookup_ip_addr", "opa.runtime"];

async function capabilities(opa: Opa, scratch: string): Promise<object> {
  const { stdout, stderr } = await runOpa(opa, ["capabilities", "--current"], scratch);
  const all = parsed<{ builtins: { name: string }[] }>(stdout);
  if (!all) throw new TokenwardError("OPA_UNUSABLE", { path: opa.path, from: "found before", reason: stderr.trim() });
  const builtins = all.builtins.filter(({ name }) => !WITHHELD.includes(name));
  return { ...all, builtins, allow_net: [] };
}

function testing(opa: Opa, args: readonly string[], scratch: string): ReturnType<typeof runOpa> {
  const given = ["--schema", "schemas", "--capabilities", CAPABILITIES];
  return runOpa(opa, ["test", ...given, ...args, "policies"], scratch);
}

function parsed<Document>(text: string): Document | undefined {
  try {
    return JSON.parse(text) as Document;
  } catch {
    return undefined;
  }
}

/** OPA tells in `opa check` what keeps it from testing, with places that a program can read. */
async function refusal(opa: Opa, scratch: string, printed: string): Promise<TokenwardError> {
  const faults = await told(await complaintsFrom(opa, scratch, ["--capabilities", CAPABILITIES]), scratch);
  return new TokenwardError("POLICY_INVALID", { faults: (faults.length > 0 ? faults : [printed.trim()]).join("\n") });
}
