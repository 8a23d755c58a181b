import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { askedOfHost, type Builtin, unsafe } from "../../scripts/host.ts";
import { compileModule, type Module } from "../../src/judge/opa-wasm.ts";
import { filesIn } from "../../src/judge/tar.ts";
import { repository } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";
import { opa, printed } from "./evaluators.ts";

/** For each built-in that is left out though WebAssembly has it: a call with an input that shows why, as JSON text. */
const proofs = [
  { name: "base64.decode", call: "base64.decode(input)", input: '"a b"' },
  { name: "base64.is_valid", call: "base64.is_valid(input)", input: '"a b"' },
  { name: "base64url.decode", call: "base64url.decode(input)", input: '"a b"' },
  { name: "bits.and", call: "bits.and(input, 1)", input: "1.0" },
  { name: "bits.lsh", call: "bits.lsh(input, 1)", input: "1.0" },
  { name: "bits.negate", call: "bits.negate(input)", input: "1.0" },
  { name: "bits.or", call: "bits.or(input, 1)", input: "1.0" },
  { name: "bits.rsh", call: "bits.rsh(input, 1)", input: "1.0" },
  { name: "bits.xor", call: "bits.xor(input, 1)", input: "1.0" },
  { name: "format_int", call: "format_int(input, 10)", input: "2147483648" },
  { name: "glob.match", call: 'glob.match("team(ops)*", [], input)', input: '"team(ops)-ci"' },
  { name: "json.filter", call: "json.filter(input, [[]])", input: '{"a":1}' },
  { name: "json.is_valid", call: "json.is_valid(input)", input: '"100m"' },
  { name: "json.marshal", call: "json.marshal(input)", input: '{"b":1,"a":2}' },
  { name: "json.remove", call: "json.remove(input, [[]])", input: '{"a":1}' },
  { name: "json.unmarshal", call: "json.unmarshal(input)", input: '"100m"' },
  { name: "object.union_n", call: "count(object.union_n(input))", input: singletons(4_000) },
  { name: "replace", call: 'replace(input, "", "-")', input: '"ab"' },
  { name: "strings.replace_n", call: 'strings.replace_n({"": "-"}, input)', input: '"ab"' },
];

const NO_END = "no end";
const folder = await scratchFolder();
const rules = proofs.map(({ call }, index) => `proof${index} := ${call}`).join("\n\n");
await writeFile(join(folder, "proofs.rego"), `package proofs\n\nimport rego.v1\n\n${rules}\n`);

const all = (await listed(["capabilities", "--version", "v0.70.0"])).filter(({ decl }) => decl.result !== undefined);
const allowed = (JSON.parse(await readFile(`${repository}policies/capabilities.json`, "utf8")) as Listed).builtins;
const names = allowed.map(({ name }) => name);

it("no built-in is listed that the module would ask its host for", async () => {
  expect([...(await askedOfHost(opa, allowed))]).toEqual([]);
});

it("none is left out that WebAssembly has, but for those that a reason is given for", async () => {
  const fromHost = await askedOfHost(opa, all);
  const leftOut = all.filter(({ name }) => !fromHost.has(name) && !names.includes(name));

  expect(fromHost.size).toBeGreaterThan(80);
  expect(leftOut.map(({ name }) => name).sort()).toEqual(Object.keys(unsafe).sort());
});

describe("a built-in is left out for a reason that still holds", async () => {
  const entryPoints = proofs.flatMap((_, index) => ["-e", `proofs/proof${index}`]);
  const args = ["build", "-t", "wasm", ...entryPoints, "-o", "proofs.tar.gz", "proofs.rego"];
  await printed(args, { cwd: folder, input: "" });
  const bytes = filesIn(await readFile(join(folder, "proofs.tar.gz"))).get("policy.wasm");
  const module = compileModule(bytes ?? new Uint8Array());

  it("for each of them", () => {
    expect(proofs.map(({ name }) => name)).toEqual(Object.keys(unsafe).sort());
  });

  it.concurrent.each(proofs.map((proof, index) => ({ ...proof, why: unsafe[proof.name], index })))(
    "$name $why",
    async ({ input, index }) => {
      const native = await natively(`data.proofs.proof${index}`, input);
      const wasm = await inWebAssembly(module, `proofs/proof${index}`, input);

      expect(wasm).not.toEqual(native);
    },
  );
});

interface Listed {
  builtins: Builtin[];
}

async function listed(args: readonly string[]): Promise<Builtin[]> {
  return (JSON.parse(await printed(args, { cwd: folder, input: "" })) as Listed).builtins;
}

async function natively(query: string, input: string): Promise<unknown> {
  const text = await printed(["eval", "-d", "proofs.rego", "-I", "-f", "json", query], { cwd: folder, input });
  const { result } = JSON.parse(text) as { result?: [{ expressions: [{ value: unknown }] }] };
  return { result: result?.[0].expressions[0].value };
}

/** In a thread of its own, because some of this can be ended in no other way. */
async function inWebAssembly(module: Module, entryPoint: string, input: string): Promise<unknown> {
  const code = `
    const { parentPort, workerData: { module, entryPoint, input } } = require("node:worker_threads");
    const { loadPolicySync } = require("@open-policy-agent/opa-wasm");
    const instance = loadPolicySync(module, { initial: 64, maximum: 512 });
    parentPort.postMessage("ready");
    try {
      const [first] = instance.evaluate(new TextEncoder().encode(input).slice().buffer, entryPoint);
      parentPort.postMessage({ result: first?.result });
    } catch (error) {
      parentPort.postMessage({ error: String(error?.message ?? error) });
    }`;
  const worker = new Worker(code, { eval: true, workerData: { module, entryPoint, input } });
  try {
    await answerOf(worker);
    return await Promise.race([answerOf(worker), new Promise((resolve) => setTimeout(resolve, 1_500, NO_END))]);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

function singletons(count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, index) => ({ [`key${index}`]: index })));
}
