import { optionalFields, type Rules } from "../model/bundle.ts";
import type { Finding, Policy, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Collected, Judged, Judgement, Verdict } from "../model/flow.ts";
import type { Bundle } from "./bundle.ts";
import { echoes } from "./echoes.ts";
import { type Row, type Scope, startEngine } from "./engine.ts";
import { changedByKin } from "./entry.ts";
import { failed, unknown } from "./finding.ts";
import { numbersIn } from "./numbers.ts";
import { applies, isFact, isWhole, missing, NO_GAPS, scopeKey } from "./verdict.ts";

/** Small chunks keep the evaluator's memory in the processor's cache; measured best between 50 and 300. */
const CHUNK = 100;

/** What judging needs: the policies, and the numbers in force. */
export interface JudgeMeans {
  bundle: Bundle;
  rules: Rules;
}

/** Judges enriched tokens, as many as there are, in their order. */
export interface Judge {
  /** `again`: only what others tell of a token is asked for; every other policy is said not to apply. */
  (tokens: readonly Token[], again?: boolean): Judgement[];
  /** One policy on one token; only to see whether it can be done. */
  alone(token: Token, policy: number): void;
}

/** Stage 3: every policy on every token, in the order of the tokens; coverage passes through. */
export async function* judge(items: AsyncIterable<Collected>, means: JudgeMeans): AsyncIterable<Judged> {
  const decide = startJudge(means);
  let chunk: Token[] = [];
  for await (const item of items) {
    if ("coverage" in item) yield item;
    else if (chunk.push(item.token) === CHUNK) {
      for (const judgement of decide(chunk)) yield { judgement };
      chunk = [];
    }
  }
  for (const judgement of decide(chunk)) yield { judgement };
}

/** An evaluator with its policies and numbers; told of each chunk before it begins is who watches the time. */
export function startJudge({ bundle, rules }: JudgeMeans, { onChunk }: { onChunk?: () => void } = {}): Judge {
  const engine = startEngine(bundle, { params: numbersIn(rules.parameters) }, rules.disabled);
  const scopeOf = scopes(bundle.manifest.policies, rules);
  const withoutEchoes = echoes(bundle.manifest.policies);
  const always = bundle.manifest.policies.map(({ needs }) => needs.every(isAlwaysTold));
  const decide = (token: Token, rows: readonly Row[], scope: Scope) =>
    withoutEchoes(decideOn(token, rows, { scope, always }, { bundle, rules }));
  const judgeAll = (tokens: readonly Token[], again = false): Judgement[] => {
    const judgements: Judgement[] = [];
    for (let from = 0; from < tokens.length; from += CHUNK) {
      const chunk = tokens.slice(from, from + CHUNK);
      const asked = chunk.map((token) => scopeOf(token, again));
      onChunk?.();
      for (const [position, rows] of engine.evaluate(chunk, asked).entries())
        judgements.push(decide(chunk[position] as Token, rows, asked[position] as Scope));
    }
    return judgements;
  };
  return Object.assign(judgeAll, { alone: (token: Token, policy: number) => engine.ask(token, policy) });
}

/**
 * Which policies judge a token, or judge it `again`: worked out once for each kind, status, type of principal and set of
 * what is told. Tokens that the same policies judge get one and the same answer.
 */
function scopes(policies: readonly Policy[], rules: Rules): (token: Token, again: boolean) => Scope {
  const byKey = new Map<string, Scope>();
  const alike = new Map<string, Scope>();
  const given = [...new Set(policies.flatMap(({ applies_to }) => applies_to.given ?? []))];
  const changing = changedByKin(policies);
  const workedOut = (token: Token, again: boolean): Scope => {
    const scope = policies.map(
      (one, index) => !rules.disabled.includes(one.id) && (!again || changing.has(index)) && applies(one, token, rules),
    );
    const known = alike.get(String(scope)) ?? scope;
    alike.set(String(scope), known);
    return known;
  };
  return (token, again) => {
    const key = `${again} ${scopeKey(token, given)}`;
    const scope = byKey.get(key) ?? workedOut(token, again);
    byKey.set(key, scope);
    return scope;
  };
}

/** Judged fields are given or named in `unknown`, in every record. */
function isAlwaysTold(need: Policy["needs"][number]): boolean {
  return !isFact(need) && !optionalFields.some((field) => field === need);
}

/** One token's verdicts: not applicable, else unknown where a needed field is, else what the rule said. */
function decideOn(
  token: Token,
  rows: readonly Row[],
  { scope, always }: { scope: Scope; always: readonly boolean[] },
  { bundle, rules }: JudgeMeans,
): Judgement {
  const findings: Finding[] = [];
  const isKnown = isWhole(token);
  const verdicts = bundle.manifest.policies.map((policy, index): Verdict => {
    if (!scope[index]) return "not_applicable";
    const gaps = isKnown && always[index] ? NO_GAPS : missing(policy, token);
    if (gaps !== NO_GAPS) {
      findings.push(unknown(policy, token, gaps, rules));
      return "unknown";
    }
    const evidence = evidenceOf(policy, index, { token, rows });
    if (evidence) findings.push(failed(policy, token, evidence, rules));
    return evidence ? "fail" : "pass";
  });
  return { token, findings, verdicts };
}

/** The values that decided, where a policy failed. */
function evidenceOf(
  policy: Policy,
  index: number,
  { token, rows }: { token: Token; rows: readonly Row[] },
): Row[1] | undefined {
  let [found, count] = [undefined as Row[1] | undefined, 0];
  for (const [failed, evidence] of rows) {
    if (failed !== index) continue;
    found = evidence;
    count += 1;
  }
  if (count > 1) throw new TokenwardError("POLICY_REPEATS", { policy: policy.id, token: token.id, count });
  return found;
}
