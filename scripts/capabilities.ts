/** Writes `policies/capabilities.json`, the built-ins that policies may call, or with `--check` fails when it is stale. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpa, runOpa } from "../src/judge/opa.ts";
import { filesIn } from "../src/judge/tar.ts";

interface Builtin {
  name: string;
  infix?: string;
  decl: { args?: unknown[]; result?: unknown };
}

interface Capabilities {
  builtins: Builtin[];
  [field: string]: unknown;
}

/** The oldest OPA that may compile policies: what it lacks, nobody may call. */
const BASE = "v0.70.0";

/** Compiled into WebAssembly, but not to what `opa test` runs: other results, an abort, or no end. */
const UNSAFE = new Set([
  "base64.decode", // accepts what is not base64
  "base64.is_valid",
  "base64url.decode",
  "bits.and", // aborts on -0 and 1.0
  "bits.lsh",
  "bits.negate",
  "bits.or",
  "bits.rsh",
  "bits.xor",
  "format_int", // aborts from 2^31 on
  "json.is_valid", // reads a prefix and calls it all
  "json.marshal", // keys in hash order
  "json.unmarshal",
  "object.union_n", // time and memory grow with the square
  "replace", // never returns for an empty pattern
  "strings.replace_n",
]);

const path = new URL("../policies/capabilities.json", import.meta.url);
const opa = await findOpa(process.env);
const text = format(await capabilities());
if (!process.argv.includes("--check")) {
  await writeFile(path, text);
} else if (text !== (await readFile(path, "utf8").catch(() => ""))) {
  console.error("policies/capabilities.json is stale: run npx tsx scripts/capabilities.ts");
  process.exitCode = 1;
}

async function capabilities(): Promise<Capabilities> {
  const all = JSON.parse(await printed(["capabilities", "--version", BASE], ".")) as Capabilities;
  const candidates = all.builtins.filter(({ decl }) => decl.result !== undefined);
  const fromHost = await askedOfHost(candidates);
  const builtins = candidates.filter(({ name }) => !fromHost.has(name) && !UNSAFE.has(name));
  return { ...all, builtins: builtins.sort((one, other) => (one.name < other.name ? -1 : 1)), allow_net: [] };
}

/** Compiles a call of every built-in and reads from the module which of them it expects its host to bring along. */
async function askedOfHost(builtins: readonly Builtin[]): Promise<Set<string>> {
  const scratch = await mkdtemp(join(tmpdir(), "tokenward-"));
  try {
    await writeFile(join(scratch, "probe.rego"), `package probe\n\n${builtins.map(call).join("\n")}\n`);
    await printed(["build", "-t", "wasm", "-e", "probe", "-o", "probe.tar.gz", "probe.rego"], scratch);
    const wasm = filesIn(await readFile(join(scratch, "probe.tar.gz"))).get("policy.wasm");
    if (!wasm) throw new Error("OPA built no policy.wasm");
    return new Set(Object.keys(await readTable(wasm)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Arguments from the input, so that the compiler cannot work the result out by itself. */
function call({ name, infix, decl }: Builtin, index: number): string {
  const args = (decl.args ?? []).map((_, position) => `input.a${position}`);
  const isUnification = name === "assign" || name === "eq";
  const body = isUnification ? `x ${infix} ${args[0]}` : `x = ${name}(${args.join(", ")})`;
  return `r${index} = x { ${body} }`;
}

async function readTable(wasm: Uint8Array): Promise<Record<string, number>> {
  const { WebAssembly: host } = globalThis as unknown as { WebAssembly: Host };
  const memory = new host.Memory({ initial: 20 });
  const names = ["opa_abort", "opa_println", ...[0, 1, 2, 3, 4].map((arity) => `opa_builtin${arity}`)];
  const imports = Object.fromEntries(names.map((name) => [name, () => 0]));
  const { instance } = await host.instantiate(wasm, { env: { memory, ...imports } });
  const { builtins, opa_json_dump } = instance.exports;
  const bytes = Buffer.from(memory.buffer).subarray(opa_json_dump(builtins()));
  return JSON.parse(bytes.toString("utf8", 0, bytes.indexOf(0))) as Record<string, number>;
}

/** As much of WebAssembly as is used here: Node has it, its typings do not. */
interface Host {
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  instantiate: (
    wasm: Uint8Array,
    imports: object,
  ) => Promise<{ instance: { exports: { builtins: () => number; opa_json_dump: (address: number) => number } } }>;
}

/** One built-in a line: a change of the list is then a change of lines. */
function format({ builtins, ...rest }: Capabilities): string {
  const lines = builtins.map((builtin) => `    ${JSON.stringify(builtin)}`);
  const fields = Object.entries(rest)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${[...fields, `  "builtins": [\n${lines.join(",\n")}\n  ]`].join(",\n")}\n}\n`;
}

async function printed(args: readonly string[], folder: string): Promise<string> {
  const { ok, stdout, stderr } = await runOpa(opa, args, folder);
  if (!ok) throw new Error(`opa ${args[0]}: ${stderr || stdout}`);
  return stdout;
}
