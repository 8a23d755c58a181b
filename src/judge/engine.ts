import type { Policy, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import { type Bundle, isUntrusted } from "./bundle.ts";
import { type Answer, ENTRY_POINT, type Group, policyEntryPoint } from "./entry.ts";
import { type Asked, evidenceFault, failureOf, MAXIMUM_PAGES } from "./failure.ts";
import { instantiate } from "./opa-wasm.ts";

/** One failure: the policy's index in the manifest, and the values that decided. */
export type Row = readonly [index: number, evidence: Record<string, unknown>];

/** For each policy, by its index, whether it is asked. */
export type Scope = readonly boolean[];

export interface Engine {
  /**
   * For each token of a chunk, in order, what failed of the policies that its scope asks. Tokens with one and the same
   * scope are asked together; without scopes, every policy is asked that is not switched off.
   */
  evaluate(tokens: readonly Token[], scopes?: readonly Scope[]): Row[][];
  /** One policy, by its index, on one token. */
  ask(token: Token, policy: number): void;
}

/** WebAssembly pages of 64 KiB. Sized when made: growing memory step by step is what makes large inputs slow. */
const INITIAL_PAGES = 1_024;
/** Bytes that policies of somebody's own may answer with at once; a hundred tokens with findings on all have a hundredth of it. */
const MOST_OUTPUT = 8 * 1024 * 1024;

/**
 * An instance of the compiled policies with its parameters. opa-wasm throws strings and plain objects; here they become
 * ours. A policy that is switched off is compiled in all the same, but never asked: it may be off because it never ends.
 */
export function startEngine(bundle: Bundle, data: object, disabled: readonly string[] = []): Engine {
  const memory = { initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES };
  const loaded = instantiate(bundle.module, memory, isUntrusted(bundle) ? MOST_OUTPUT : undefined);
  loaded.setData(data);
  const { policies, reads } = bundle.manifest;
  const run: Run = (inputs, entryPoint) => firstResult(loaded.evaluate(bytesOf(inputs), entryPoint));
  const everything: Scope = policies.map(({ id }) => !disabled.includes(id));

  return {
    evaluate(tokens, scopes = tokens.map(() => everything)) {
      const inputs = tokens.map((token) => project(token, reads));
      const isMeasured = (policy: string) => bundle.isForeign === true || bundle.own.includes(policy);
      const chunk = { tokens, scopes, inputs, policies, isMeasured };
      return checked(attempted(() => together(chunk, run)) ?? apart(chunk, run), chunk);
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
  scopes: readonly Scope[];
  inputs: readonly object[];
  policies: readonly Policy[];
  /** Whether what a policy yields has a measure to keep. */
  isMeasured(policy: string): boolean;
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

/** Each policy on all tokens that it judges; undefined: the answer is none. */
function together({ scopes, inputs }: Chunk, run: Run): Row[][] | undefined {
  const positions = new Map<Scope, number[]>();
  for (const [position, scope] of scopes.entries()) {
    const group = positions.get(scope);
    if (group) group.push(position);
    else positions.set(scope, [position]);
  }
  const groups = [...positions];
  const asked = groups.map(([asked, group]): Group => ({ asked, tokens: group.map((at) => inputs[at] as object) }));
  const answer = run(asked, ENTRY_POINT);
  if (!isAnswer(answer, asked)) return undefined;
  const rows = inputs.map((): Row[] => []);
  for (const [at, [, group]] of groups.entries()) {
    for (const [index, failed] of answer[at]?.entries() ?? [])
      for (const [position, evidence] of failed) rows[group[position] as number]?.push([index, evidence]);
  }
  return rows;
}

/** A bundle that came from elsewhere may answer with anything; what does not belong to a token must not get lost. */
function isAnswer(answer: unknown, groups: readonly Group[]): answer is Answer {
  return isListOf(groups.length, answer) && groups.every(({ asked, tokens }, at) => isFound(answer[at], asked, tokens));
}

function isFound(found: unknown, asked: Scope, { length }: readonly object[]): boolean {
  const isPosition = (position: unknown) =>
    Number.isInteger(position) && Number(position) >= 0 && Number(position) < length;
  const isPair = (pair: unknown) => isListOf(2, pair) && isPosition(pair[0]);
  return isListOf(asked.length, found) && found.every((failed) => Array.isArray(failed) && failed.every(isPair));
}

function isListOf(length: number, value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length === length;
}

/** Each policy on each token alone: slow, but an error then has a name. */
function apart({ tokens, scopes, inputs, policies }: Chunk, run: Run): Row[][] {
  return inputs.map((input, position) =>
    policies.flatMap((policy, index) => {
      if (!scopes[position]?.[index]) return [];
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

function checked(rows: Row[][], { tokens, policies, isMeasured }: Chunk): Row[][] {
  for (const [position, row] of rows.entries()) {
    for (const [index, evidence] of row) {
      const policy = policies[index]?.id ?? String(index);
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
