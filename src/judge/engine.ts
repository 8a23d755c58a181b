import type { Policy, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Bundle } from "./bundle.ts";
import { entryPointFor, policyEntryPoint } from "./entry.ts";
import { instantiate } from "./opa-wasm.ts";

/** One failure: the policy's index in the manifest, and the values that decided. */
export type Row = readonly [index: number, evidence: Record<string, unknown>];

export interface Engine {
  /** For each token of a chunk, in order, what failed. */
  evaluate(tokens: readonly Token[]): Row[][];
  /** One policy, by its index, on one token. */
  ask(token: Token, policy: number): void;
}

/** WebAssembly pages of 64 KiB. Sized when made: growing memory step by step is what makes large inputs slow. */
const INITIAL_PAGES = 1_024;
const MAXIMUM_PAGES = 8_192;

/**
 * An instance of the compiled policies with its parameters. opa-wasm throws strings and plain objects; here they become
 * ours. A policy that is switched off is compiled in all the same, but what it does wrong harms nobody.
 */
export function startEngine(bundle: Bundle, data: object, disabled: readonly string[] = []): Engine {
  const loaded = instantiate(bundle.module, { initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  loaded.setData(data);
  const { policies, reads } = bundle.manifest;
  const run: Run = (inputs, entryPoint) => firstResult(loaded.evaluate(bytesOf(inputs), entryPoint));
  // What failed together once, such as a policy that is off but eats all memory, would fail as slowly every time.
  let hasFailed = false;

  return {
    evaluate(tokens) {
      const asked = { tokens, inputs: tokens.map((token) => project(token, reads)), policies, disabled };
      const rows = hasFailed ? undefined : together(asked, run);
      hasFailed = rows === undefined;
      return checked(rows ?? apart(asked, run), asked);
    },
    ask(token, index) {
      const policy = policies[index];
      if (policy) run([project(token, reads)], policyEntryPoint(policy));
    },
  };
}

type Run = (inputs: readonly object[], entryPoint: string) => unknown;

interface Asked {
  tokens: readonly Token[];
  inputs: readonly object[];
  policies: readonly Policy[];
  disabled: readonly string[];
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

/** Every policy on all tokens of a status at once; undefined: something in it went wrong. */
function together({ tokens, inputs }: Asked, run: Run): Row[][] | undefined {
  const positions = new Map<string, number[]>();
  for (const [position, { facts }] of tokens.entries()) {
    const entryPoint = entryPointFor(facts?.status);
    const group = positions.get(entryPoint);
    if (group) group.push(position);
    else positions.set(entryPoint, [position]);
  }
  const found: Row[][] = [];
  for (const [entryPoint, group] of positions) {
    const rows = rowsOf(
      () =>
        run(
          group.map((position) => inputs[position] as object),
          entryPoint,
        ),
      group.length,
    );
    if (!rows) return undefined;
    for (const [index, position] of group.entries()) found[position] = rows[index] ?? [];
  }
  return found;
}

function rowsOf(ask: () => unknown, count: number): Row[][] | undefined {
  try {
    const rows = ask();
    const isWhole = Array.isArray(rows) && rows.length === count && rows.every(Array.isArray);
    return isWhole ? (rows as Row[][]) : undefined;
  } catch {
    // Asking each policy about each token alone tells which of them it was.
    return undefined;
  }
}

/** Each policy on each token alone: slow, but an error then has a name, and a policy that is off is not asked. */
function apart({ tokens, inputs, policies, disabled }: Asked, run: Run): Row[][] {
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

function failures(ask: () => unknown, asked: { policy: string; token: string }): unknown[] {
  let sets: unknown;
  try {
    sets = ask();
  } catch (error) {
    throw new TokenwardError("POLICY_FAILED", { ...asked, cause: describe(error) }, { cause: error });
  }
  const [failed] = Array.isArray(sets) ? (sets as unknown[]) : [];
  if (Array.isArray(failed)) return failed;
  throw new TokenwardError("POLICY_FAILED", { ...asked, cause: "it gave no set of failures" });
}

function checked(rows: Row[][], { tokens, policies, disabled }: Asked): Row[][] {
  for (const [position, row] of rows.entries()) {
    for (const [index, evidence] of row) {
      const policy = policies[index]?.id ?? String(index);
      if (isPlainObject(evidence) || disabled.includes(policy)) continue;
      const token = tokens[position]?.id ?? "";
      throw new TokenwardError("POLICY_SHAPE", { policy, token, found: JSON.stringify(evidence) });
    }
  }
  return rows;
}

function firstResult(results: unknown): unknown {
  const [first] = Array.isArray(results) ? (results as { result?: unknown }[]) : [];
  return first?.result;
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === "string") return error.startsWith("opa_malloc") ? `out of memory (${error})` : error;
  const message = isPlainObject(error) ? error.message : undefined;
  return typeof message === "string" ? message : JSON.stringify(error);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
