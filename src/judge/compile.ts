import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "../model/bundle.ts";
import type { Policy } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { annotationsIn, must, mustNotReachOut } from "./annotations.ts";
import { type Complaint, complaintsFrom, told } from "./complaints.ts";
import { conventionFaults, isLibrary } from "./conventions.ts";
import { ENTRY_POINT, entryRule, policyEntryPoint, policyRule } from "./entry.ts";
import { type Annotated, readPolicy } from "./metadata.ts";
import type { Opa } from "./opa.ts";
import { type Sources, stage } from "./staging.ts";
import { filesIn } from "./tar.ts";

/** Policies as WebAssembly, with what their metadata says. */
export interface Compiled {
  wasm: Uint8Array;
  manifest: Manifest;
}

/**
 * Type-checks policies against the token schema and compiles them. OPA writes source paths into the module, so all is
 * copied under fixed names into a scratch folder first: the same sources give the same bytes wherever they stand.
 */
export async function compile(opa: Opa, sources: Sources): Promise<Compiled> {
  return staged(sources, async (scratch) => {
    const policies = await examined(opa, scratch);
    await writeEntries(policies, scratch);
    const reads = await fieldsRead(opa, policies, scratch);
    return { wasm: await build(opa, policies, scratch), manifest: { policies, reads } };
  });
}

/** All that compiling asks of policies, but for the compiling itself. */
export async function checkPolicies(opa: Opa, sources: Sources): Promise<Policy[]> {
  return staged(sources, (scratch) => examined(opa, scratch));
}

async function staged<Result>(sources: Sources, work: (scratch: string) => Promise<Result>): Promise<Result> {
  const scratch = await mkdtemp(join(tmpdir(), "tokenward-"));
  try {
    await stage(sources, scratch);
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The policies that stand in a scratch folder, or everything that is wrong with them at once. */
async function examined(opa: Opa, scratch: string): Promise<Policy[]> {
  const blocks = await annotationsIn(opa, scratch).catch((error: unknown) => ({ error }));
  if (Array.isArray(blocks)) mustNotReachOut(blocks);
  const faults = await told(await complaintsOf(opa, scratch), scratch);
  // Of what is hardly Rego no METADATA can be read.
  if (!Array.isArray(blocks)) throw faults.length > 0 ? invalid(faults) : blocks.error;
  const { policies, faults: others } = await readAll(blocks, scratch);
  if (faults.length + others.length > 0) throw invalid([...faults, ...others]);
  return policies;
}

/** What is against OPA's strict mode keeps it from looking at types at all: then it is asked once more without. */
async function complaintsOf(opa: Opa, scratch: string): Promise<Complaint[]> {
  const allowed = ["--capabilities", "capabilities.json"];
  const complaints = await complaintsFrom(opa, scratch, ["--strict", ...allowed]);
  const isStrictness = complaints.every(({ code }) => code === "rego_compile_error");
  return complaints.length > 0 && isStrictness
    ? [...complaints, ...(await complaintsFrom(opa, scratch, allowed))]
    : complaints;
}

function invalid(faults: readonly string[]): TokenwardError {
  return new TokenwardError("POLICY_INVALID", { faults: faults.join("\n") });
}

async function readAll(all: readonly Annotated[], scratch: string): Promise<{ policies: Policy[]; faults: string[] }> {
  const blocks = all.filter(({ annotations }) => annotations.scope === "package");
  const results = blocks.filter(({ location }) => !isLibrary(location.file)).map(readPolicy);
  const policies = results.flatMap((result) => ("policy" in result ? [result.policy] : []));
  const faults = results.flatMap((result) => ("faults" in result ? result.faults : []));
  faults.push(...(await conventionFaults(scratch, blocks, policies)));
  return { policies: policies.sort((one, other) => (one.id < other.id ? -1 : 1)), faults };
}

async function fieldsRead(opa: Opa, policies: readonly Policy[], scratch: string): Promise<string[]> {
  const query = `[${policies.map((policy) => `data.${policy.package}.fail`).join(", ")}]`;
  const printed = JSON.parse(await must(opa, ["deps", "-d", "policies", "-f", "json", query], scratch)) as {
    base?: { value: string }[][];
  };
  const inputs = (printed.base ?? [])
    .filter(([root]) => root?.value === "input")
    .map(([, field]) => field?.value ?? "*");
  return [...new Set(["kind", ...inputs])].sort();
}

async function writeEntries(policies: readonly Policy[], scratch: string): Promise<void> {
  await mkdir(join(scratch, "judge"));
  await writeFile(join(scratch, "judge/all_policies.rego"), entryRule(policies));
  for (const policy of policies) await writeFile(join(scratch, `judge/${policy.id}.rego`), policyRule(policy));
}

async function build(opa: Opa, policies: readonly Policy[], scratch: string): Promise<Uint8Array> {
  const entryPoints = [ENTRY_POINT, ...policies.map(policyEntryPoint)];
  const entries = entryPoints.flatMap((path) => ["-e", path]);
  const args = ["build", "-t", "wasm", ...entries, "--capabilities", "capabilities.json", "-o", "bundle.tar.gz"];
  await must(opa, [...args, "policies", "judge"], scratch);
  const wasm = filesIn(await readFile(join(scratch, "bundle.tar.gz"))).get("policy.wasm");
  if (!wasm) throw new TokenwardError("POLICY_INVALID", { faults: "OPA built no policy.wasm" });
  return wasm;
}
