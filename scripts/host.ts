import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Opa, runOpa } from "../src/judge/opa.ts";
import { filesIn } from "../src/judge/tar.ts";

/** A built-in as OPA lists it. */
export interface Builtin {
  name: string;
  infix?: string;
  decl: { args?: unknown[]; result?: unknown };
}

/** Compiled into WebAssembly, but not to what `opa test` runs: why policies may not call it all the same. */
export const unsafe: Readonly<Record<string, string>> = {
  "base64.decode": "accepts what is not base64",
  "base64.is_valid": "accepts what is not base64",
  "base64url.decode": "accepts what is not base64",
  "bits.and": "aborts on 1.0",
  "bits.lsh": "aborts on 1.0",
  "bits.negate": "aborts on 1.0",
  "bits.or": "aborts on 1.0",
  "bits.rsh": "aborts on 1.0",
  "bits.xor": "aborts on 1.0",
  format_int: "aborts from 2^31 on",
  "glob.match": "takes ( ) | + ^ $ for a regular expression's",
  "json.filter": "reads beyond its memory for an empty path",
  "json.is_valid": "reads a prefix and calls it all",
  "json.marshal": "gives keys in the order of their hashes",
  "json.remove": "reads beyond its memory for an empty path",
  "json.unmarshal": "reads a prefix and takes it for all",
  "object.union_n": "needs memory and time that grow with the square",
  replace: "never returns for an empty pattern",
  "strings.replace_n": "never returns for an empty pattern",
};

/** Compiles a call of every built-in and reads from the module which of them it expects its host to bring along. */
export async function askedOfHost(opa: Opa, builtins: readonly Builtin[]): Promise<Set<string>> {
  const scratch = await mkdtemp(join(tmpdir(), "tokenward-"));
  try {
    await writeFile(join(scratch, "probe.rego"), `package probe\n\n${builtins.map(call).join("\n")}\n`);
    const args = ["build", "-t", "wasm", "-e", "probe", "-o", "probe.tar.gz", "probe.rego"];
    const { ok, stderr } = await runOpa(opa, args, scratch);
    if (!ok) throw new Error(`opa build: ${stderr}`);
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
