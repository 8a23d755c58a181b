import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Bundle } from "../../src/judge/bundle.ts";
import { compile } from "../../src/judge/compile.ts";
import { type Row, startEngine } from "../../src/judge/engine.ts";
import { type Answer, ENTRY_POINT, entryRule } from "../../src/judge/entry.ts";
import { findOpa } from "../../src/judge/opa.ts";
import { compileModule, instantiate } from "../../src/judge/opa-wasm.ts";
import { type Sources, stage } from "../../src/judge/staging.ts";
import type { Manifest } from "../../src/model/bundle.ts";
import type { Policy, Token } from "../../src/model/documents.gen.ts";
import { repository } from "../support/command.ts";

/** The same policies twice: compiled for our host, and as `opa eval` runs their sources. */
export interface Evaluators {
  bundle: Bundle;
  policies: readonly Policy[];
  asWebAssembly(tokens: readonly Token[]): Row[][];
  natively(tokens: readonly Token[]): Promise<Row[][]>;
  /** What becomes of tokens that are given as text: JSON says more than our own values can. */
  texts: { asWebAssembly(tokens: readonly string[]): Row[][]; natively(tokens: readonly string[]): Promise<Row[][]> };
}

interface Setting {
  /** What `data.params` is; without it, no policy has parameters. */
  params?: (manifest: Manifest) => object;
  /** The built-ins that policies may call, if not those of the product. */
  capabilities?: string;
}

export const opa = await findOpa(process.env);

/** So many tokens are judged natively by one process: starting it takes as long as judging a hundred. */
const BATCH = 500;

/** Both evaluators over folders of policies. */
export async function evaluators(folders: readonly string[], setting: Setting = {}): Promise<Evaluators> {
  const { params = () => ({ any: {}, kinds: {} }), capabilities = `${repository}policies/capabilities.json` } = setting;
  const sources: Sources = { policies: folders, schemas: `${repository}schemas`, capabilities };
  const { wasm, manifest } = await compile(opa, sources);
  const bundle = { module: compileModule(wasm), manifest, own: [] as readonly string[] } as Bundle;
  const data = { params: params(manifest) };
  const engine = startEngine(bundle, data);
  const instance = instantiate(bundle.module, { initial: 256, maximum: 4_096 });
  instance.setData(data);
  const folder = await staged(sources, manifest.policies, data);

  const asked = JSON.stringify(manifest.policies.map(() => true));
  const asking = (tokens: readonly string[]) => `[{"asked":${asked},"tokens":[${tokens.join(",")}]}]`;
  const bytesOf = (tokens: readonly string[]) => new TextEncoder().encode(asking(tokens)).slice().buffer;
  const texts: Evaluators["texts"] = {
    asWebAssembly: (tokens) => rowsOf(resultOf(instance.evaluate(bytesOf(tokens), ENTRY_POINT)), tokens),
    natively: async (tokens) => rowsOf(await evaluated(folder, asking(tokens)), tokens),
  };
  return {
    bundle,
    policies: manifest.policies,
    asWebAssembly: (tokens) => inChunks(tokens, 100).flatMap((chunk) => engine.evaluate(chunk)),
    async natively(tokens) {
      const answers = inChunks(tokens, BATCH).map((batch) =>
        texts.natively(batch.map((token) => JSON.stringify(token))),
      );
      return (await Promise.all(answers)).flat();
    },
    texts,
  };
}

/** The answer on one group, by token. */
function rowsOf(answer: unknown, tokens: readonly string[]): Row[][] {
  const [found = []] = answer as Answer;
  return tokens.map((_, position) =>
    found.flatMap((failed, index) =>
      failed.flatMap(([at, evidence]): Row[] => (at === position ? [[index, evidence]] : [])),
    ),
  );
}

/** What `opa eval` makes of the entry rule. */
async function evaluated(folder: string, input: string): Promise<unknown> {
  const args = ["eval", "-d", "policies", "-d", "judge", "-d", "data.json", "-I", "-f", "json", "data.judge.rows"];
  const { result } = JSON.parse(await printed(args, { cwd: folder, input })) as {
    result?: [{ expressions: [{ value: unknown }] }];
  };
  return result?.[0].expressions[0].value;
}

function resultOf(answer: unknown): unknown {
  const [first] = answer as { result?: unknown }[];
  return first?.result;
}

/** What OPA prints when it is fed this. */
export async function printed(
  args: readonly string[],
  { cwd, input }: { cwd: string; input: string },
): Promise<string> {
  const child = spawn(opa.path, args, { cwd, stdio: "pipe" });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  if (code !== 0) throw new Error(`opa ${args[0]} exits with ${code}: ${stderr || stdout}`);
  return stdout;
}

/**
 * The first place where the two disagree, named by token and policy, with both answers; undefined: nowhere. A set has
 * no order, so what failed on a token is compared sorted.
 */
export function firstDifference(
  tokens: readonly Pick<Token, "id">[],
  policies: readonly Pick<Policy, "id">[],
  { native, wasm }: { native: readonly Row[][]; wasm: readonly Row[][] },
): string | undefined {
  if (native.length !== tokens.length || wasm.length !== tokens.length)
    return `${tokens.length} tokens, but ${native.length} answers natively and ${wasm.length} as WebAssembly`;
  for (const [position, { id: token }] of tokens.entries()) {
    for (const [index, { id: policy }] of policies.entries()) {
      const one = answerOf(native[position] ?? [], index);
      const other = answerOf(wasm[position] ?? [], index);
      if (one !== other) return `policy ${policy} on token ${token}: natively ${one}, as WebAssembly ${other}`;
    }
  }
  return undefined;
}

function answerOf(rows: readonly Row[], policy: number): string {
  const evidence = rows.filter(([index]) => index === policy).map(([, values]) => canonical(values));
  return `[${evidence.sort().join(", ")}]`;
}

/** JSON with the keys of every object sorted, and numbers as `number` gives them. */
export function canonical(value: unknown, number: (value: number) => number = (same) => same): string {
  if (typeof value === "number") return JSON.stringify(number(value));
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, number)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member, number)}`).join(",")}}`;
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function staged(sources: Sources, policies: readonly Policy[], data: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tokenward-native-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await stage(sources, folder);
  await mkdir(join(folder, "judge"));
  await writeFile(join(folder, "judge/rows.rego"), entryRule(policies));
  await writeFile(join(folder, "data.json"), JSON.stringify(data));
  return folder;
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
