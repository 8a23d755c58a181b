import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Manifest } from "../model/bundle.ts";
import type { Policy } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { ENTRY_POINT, entryRule, policyEntryPoint, policyRule } from "./entry.ts";
import { type Annotated, readPolicy } from "./metadata.ts";
import { type Opa, runOpa } from "./opa.ts";
import { filesIn } from "./tar.ts";

/** Policies as WebAssembly, with what their metadata says. */
export interface Compiled {
  wasm: Uint8Array;
  manifest: Manifest;
}

/** What to compile: folders of policies, the schemas they are checked against, the built-ins they may call. */
export interface Sources {
  policies: readonly string[];
  schemas: string;
  capabilities: string;
}

/**
 * Type-checks policies against the token schema and compiles them. OPA writes source paths into the module, so all is
 * copied under fixed names into a scratch folder first: the same sources give the same bytes wherever they stand.
 */
export async function compile(opa: Opa, sources: Sources): Promise<Compiled> {
  const scratch = await mkdtemp(join(tmpdir(), "tokenward-"));
  try {
    await stage(sources, scratch);
    await must(
      opa,
      ["check", "--strict", "--schema", "schemas", "--capabilities", "capabilities.json", "policies"],
      scratch,
    );
    const policies = await inspect(opa, scratch);
    await writeEntries(policies, scratch);
    const reads = await fieldsRead(opa, policies, scratch);
    return { wasm: await build(opa, policies, scratch), manifest: { policies, reads } };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function stage({ policies, schemas, capabilities }: Sources, scratch: string): Promise<void> {
  await mkdir(join(scratch, "schemas"));
  await cp(join(schemas, "token.json"), join(scratch, "schemas/token.json"));
  await cp(capabilities, join(scratch, "capabilities.json"));
  for (const folder of policies) {
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith(".rego") || file.endsWith("_test.rego")) continue;
      await cp(join(folder, file), join(scratch, "policies", relative(folder, join(folder, file))));
    }
  }
}

async function inspect(opa: Opa, scratch: string): Promise<Policy[]> {
  const printed = JSON.parse(await must(opa, ["inspect", "-a", "-f", "json", "policies"], scratch)) as {
    annotations?: Annotated[];
  };
  const blocks = (printed.annotations ?? []).filter(({ annotations }) => annotations.scope === "package");
  const results = blocks.filter(({ location }) => !isLibrary(location.file)).map(readPolicy);
  const policies = results.flatMap((result) => ("policy" in result ? [result.policy] : []));
  const faults = results.flatMap((result) => ("faults" in result ? result.faults : []));
  faults.push(...(await faultsInFiles(blocks, scratch)), ...sharedSlugs(policies));
  if (faults.length > 0) throw new TokenwardError("POLICY_INVALID", { faults: faults.join("\n") });
  return policies.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** A `fail` that is no set (a boolean, one object) would compile too, and then fail nobody. */
async function faultsInFiles(blocks: readonly Annotated[], scratch: string): Promise<string[]> {
  const described = new Set(blocks.map(({ location }) => location.file));
  const faults: string[] = [];
  for (const name of (await readdir(join(scratch, "policies"), { recursive: true })).sort()) {
    const file = `policies/${name}`;
    if (!file.endsWith(".rego") || isLibrary(file)) continue;
    if (!described.has(file)) faults.push(`${file}: has no METADATA block above its package`);
    const source = await readFile(join(scratch, file), "utf8");
    if (!/^fail contains\b/m.test(source)) faults.push(`${file}: has no rule \`fail contains {…}\``);
  }
  return faults;
}

function sharedSlugs(policies: readonly Policy[]): string[] {
  return policies
    .filter((policy, index) => policies.findIndex(({ id }) => id === policy.id) < index)
    .map(({ id, package: place }) => `${place}: another policy has the slug ${id} already`);
}

function isLibrary(file: string): boolean {
  return file.startsWith("policies/lib/");
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
  const entryPoints = [ENTRY_POINT, ...policies.map(policyEntryPoint)].flatMap((path) => ["-e", path]);
  const args = ["build", "-t", "wasm", ...entryPoints, "--capabilities", "capabilities.json", "-o", "bundle.tar.gz"];
  await must(opa, [...args, "policies", "judge"], scratch);
  const wasm = filesIn(await readFile(join(scratch, "bundle.tar.gz"))).get("policy.wasm");
  if (!wasm) throw new TokenwardError("POLICY_INVALID", { faults: "OPA built no policy.wasm" });
  return wasm;
}

async function must(opa: Opa, args: readonly string[], scratch: string): Promise<string> {
  const { ok, stdout, stderr } = await runOpa(opa, args, scratch);
  if (!ok) throw new TokenwardError("POLICY_INVALID", { faults: (stderr || stdout).trim() });
  return stdout;
}
