import type { Parameters, Rules } from "../model/bundle.ts";
import type { Finding, Token } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Collected, Judged, Judgement, Verdict } from "../model/flow.ts";
import type { Bundle } from "./bundle.ts";
import { type Row, startEngine } from "./engine.ts";
import { failed, unknown } from "./finding.ts";
import { applies, missing } from "./verdict.ts";

/** Small chunks keep the evaluator's memory in the processor's cache; measured best between 50 and 300. */
const CHUNK = 100;

/** Stage 3: every policy on every token, in the order of the tokens; coverage passes through. */
export async function* judge(
  items: AsyncIterable<Collected>,
  { bundle, rules }: { bundle: Bundle; rules: Rules },
): AsyncIterable<Judged> {
  const engine = startEngine(bundle, { params: plainParameters(rules.parameters) }, rules.disabled);
  let chunk: Token[] = [];
  function* flush(): Iterable<Judged> {
    for (const [position, rows] of engine.evaluate(chunk).entries()) {
      yield { judgement: decide(chunk[position] as Token, rows, { bundle, rules }) };
    }
    chunk = [];
  }
  for await (const item of items) {
    if ("coverage" in item) yield item;
    else if (chunk.push(item.token) === CHUNK) yield* flush();
  }
  if (chunk.length > 0) yield* flush();
}

/** One token's verdicts: not applicable, else unknown where a needed field is, else what the rule said. */
function decide(token: Token, rows: readonly Row[], { bundle, rules }: { bundle: Bundle; rules: Rules }): Judgement {
  const findings: Finding[] = [];
  const verdicts = bundle.manifest.policies.map((policy, index): Verdict => {
    if (rules.disabled.includes(policy.id) || !applies(policy, token, rules)) return "not_applicable";
    const gaps = missing(policy, token);
    if (Object.keys(gaps).length > 0) {
      findings.push(unknown(policy, token, gaps, rules));
      return "unknown";
    }
    const failures = rows.filter(([failedIndex]) => failedIndex === index);
    if (failures.length > 1)
      throw new TokenwardError("POLICY_REPEATS", { policy: policy.id, token: token.id, count: failures.length });
    for (const [, evidence] of failures) findings.push(failed(policy, token, evidence, rules));
    return failures.length > 0 ? "fail" : "pass";
  });
  return { token, findings, verdicts };
}

/** The numbers alone, as Rego reads them under `data.params`. */
function plainParameters({ any, kinds }: Parameters): object {
  return {
    any: plain(any),
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, policies]) => [kind, plain(policies)])),
  };
}

function plain(policies: Parameters["any"]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(policies).map(([policy, settings]) => [
      policy,
      Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value])),
    ]),
  );
}
