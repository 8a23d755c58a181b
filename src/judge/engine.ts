import type { Policy, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { type Bundle, isUntrusted } from "./bundle.ts";
import { entryPointFor, KIN_ENTRY_POINT, policyEntryPoint } from "./entry.ts";
import { type Asked, evidenceFault, failureOf, MAXIMUM_PAGES } from "./failure.ts";
import { instantiate } from "./opa-wasm.ts";

/** One failure: the policy's index in the manifest, and the values that decided. */
export type Row = readonly [index: number, evidence: Record<string, unknown>];

export interface Engine {
  /** For each token of a chunk, in order, what failed; `again`: at least of the policies that kin may change. */
  evaluate(tokens: readonly Token[], again?: boolean): Row[][];
  /** One policy, by its index, on one token. */
  ask(token: Token, policy: number): void;
}

/** WebAssembly pages of 64 KiB. Sized when made: growing memory step by step is what makes large inputs slow. */
const INITIAL_PAGES = 1_024;
/** Bytes that policies of somebody's own may answer with at once; a hundred tokens with findings on all have a hundredth of it. */
const MOST_OUTPUT = 8 * 1024 * 1024;

/**
 * An instance of the compiled policies with its parameters. opa-wasm throws strings and plain objects; here they become
 * ours. A policy that is switched off is compiled in all the same, but what it does wrong harms nobody.
 */
export function startEngine(bundle: Bundle, data: object, disabled: readonly string[] = []): Engine {
  const memory = { initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES };
  const loaded = instantiate(bundle.module, memory, isUntrusted(bundle) ? MOST_OUTPUT : undefined);
  loaded.setData(data);
  const { policies, reads } = bundle.manifest;
  const run: Run = (inputs, entryPoint) => firstResult(loaded.evaluate(bytesOf(inputs), entryPoint));
  // One of somebody's own that is off is never asked: it may be off because it never ends.
  const isSplit = disabled.some((policy) => bundle.own.includes(policy));
  // What failed together once, such as a policy that is off but eats all memory, would fail as slowly every time.
  let hasFailed = false;

  return {
    evaluate(tokens, again = false) {
      const asked = {
        tokens,
        inputs: tokens.map((token) => project(token, reads)),
        policies,
        disabled,
        isMeasured: (policy: string) => bundle.isForeign === true || bundle.own.includes(policy),
        again,
      };
      const rows = hasFailed ? undefined : attempted(() => (isSplit ? inTurn : together)(asked, run));
      hasFailed = rows === undefined;
      return checked(rows ?? apart(asked, run), asked);
    },
    ask(token, index) {
      const policy = policies[index];
      if (!policy) return;
      const asked = { policy: policy.id, token: token.id };
      failures(() => run([project(token, reads)], policyEntryPoint(policy)), asked);
    },
  };
}

type Run = (inputs: readonly object[], entryPoint: string) => unknown;

interface Chunk {
  tokens: readonly Token[];
  inputs: readonly object[];
  policies: readonly Policy[];
  disabled: readonly string[];
  /** Whether what a policy yields has a measure to keep. */
  isMeasured(policy: string): boolean;
  again: boolean;
}

/** Only what the policies read enters WebAssembly: parsing is half of the cost. */
function project(token: Token, reads: readonly string[]): object {
  if (reads.includes("*")) return token;
  const input: Record<string, unknown> = {};
  for (const field of reads) input[field] = token[field as keyof Token];
  return input;
}

/** JSON spells out only surrogates that stand alone; WebAssembly refuses most of them, but makes one character of two in the wrong order. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function bytesOf(inputs: readonly object[]): ArrayBuffer {
  const text = JSON.stringify(inputs);
  if (text.includes("\\ud") && LONE_SURROGATE.test(text)) throw new Error("a text in it is not well-formed Unicode");
  const bytes = new TextEncoder().encode(text);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

/** What was asked, or undefined: something in it went wrong. Asking each policy about each token alone tells which of them it was. */
function attempted(ask: () => Row[][] | undefined): Row[][] | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** Every policy on all tokens of a status at once. */
function together({ tokens, inputs, again }: Chunk, run: Run): Row[][] | undefined {
  const positions = new Map<string, number[]>();
  for (const [position, { facts }] of tokens.entries()) {
    const entryPoint = again ? KIN_ENTRY_POINT : entryPointFor(facts?.status);
    const group = positions.get(entryPoint);
    if (group) group.push(position);
    else positions.set(entryPoint, [position]);
  }
  const found: Row[][] = [];
  for (const [entryPoint, group] of positions) {
    const asked = group.map((position) => inputs[position] as object);
    const rows = run(asked, entryPoint);
    if (!Array.isArray(rows) || rows.length !== group.length || !rows.every(Array.isArray)) return undefined;
    for (const [index, position] of group.entries()) found[position] = rows[index] as Row[];
  }
  return found;
}

/** One policy after the other on the whole chunk, but those that are off: each time the chunk is parsed anew. */
function inTurn({ inputs, policies, disabled }: Chunk, run: Run): Row[][] | undefined {
  const rows = inputs.map((): Row[] => []);
  for (const [index, policy] of policies.entries()) {
    if (disabled.includes(policy.id)) continue;
    const sets = run(inputs, policyEntryPoint(policy));
    if (!Array.isArray(sets) || sets.length !== inputs.length || !sets.every(Array.isArray)) return undefined;
    for (const [position, set] of (sets as Row[1][][]).entries())
      for (const evidence of set) rows[position]?.push([index, evidence]);
  }
  return rows;
}

/** Each policy on each token alone: slow, but an error then has a name, and a policy that is off is not asked. */
function apart({ tokens, inputs, policies, disabled }: Chunk, run: Run): Row[][] {
  return inputs.map((input, position) =>
    policies.flatMap((policy, index) => {
      if (disabled.includes(policy.id)) return [];
      const token = tokens[position]?.id ?? "";
      return failures(() => run([input], policyEntryPoint(policy)), { policy: policy.id, token }).map(
        (evidence) => [index, evidence] as unknown as Row,
      );
    }),
  );
}

function failures(ask: () => unknown, asked: Asked): unknown[] {
  let sets: unknown;
  try {
    sets = ask();
  } catch (error) {
    throw failureOf(error, asked);
  }
  const [failed] = Array.isArray(sets) ? (sets as unknown[]) : [];
  if (Array.isArray(failed)) return failed;
  throw new TokenwardError("POLICY_SHAPE", { ...asked, found: "no set at all" });
}

function checked(rows: Row[][], { tokens, policies, disabled, isMeasured }: Chunk): Row[][] {
  for (const [position, row] of rows.entries()) {
    for (const [index, evidence] of row) {
      const policy = policies[index]?.id ?? String(index);
      if (disabled.includes(policy)) continue;
      const fault = evidenceFault(evidence, { policy, token: tokens[position]?.id ?? "" }, isMeasured(policy));
      if (fault) throw fault;
    }
  }
  return rows;
}

function firstResult(results: unknown): unknown {
  const [first] = Array.isArray(results) ? (results as { result?: unknown }[]) : [];
  return first?.result;
}
