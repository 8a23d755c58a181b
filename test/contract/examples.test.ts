import { describe, expect, it } from "vitest";
import { enricher } from "../../src/enrich/index.ts";
import { startJudge } from "../../src/judge/index.ts";
import type { Token } from "../../src/model/documents.gen.ts";
import { faultsIn } from "../../src/model/validate.ts";
import { evaluators, printed } from "../agreement/evaluators.ts";
import { builtIn, numbersUnder, rulesUnder } from "../agreement/shipped.ts";
import { repository } from "../support/command.ts";
import { asOf, unknowing } from "../support/tokens.ts";

const both = await evaluators([`${repository}policies`], { params: (manifest) => numbersUnder(builtIn, manifest) });
const rules = rulesUnder(builtIn, both.bundle.manifest);
const judge = startJudge({ bundle: both.bundle, rules });
const [blameless, blamelessJob] = await Promise.all([given("token"), given("job")]);

const cases = both.policies.flatMap((policy, index) =>
  (["fail", "pass"] as const).map((verdict) => ({
    id: policy.id,
    verdict,
    index,
    example: policy.examples?.[verdict],
  })),
);

describe("an example in a policy's METADATA", () => {
  it.each(cases)("of $id is a token record: $verdict", ({ example }) => {
    expect(example).toBeDefined();
    expect(faultsIn("token", tokenOf(example ?? {}))).toEqual([]);
  });

  it.each(cases)("of $id gets the verdict $verdict from our host", ({ verdict, index, example }) => {
    const [judgement] = judge([tokenOf(example ?? {})]);

    expect(judgement?.verdicts[index]).toBe(verdict);
  });

  it("gets the same answer natively", async () => {
    const rows = await both.natively(cases.map(({ example }) => tokenOf(example ?? {})));
    const failing = cases.filter(({ index }, position) => rows[position]?.some(([policy]) => policy === index));

    expect(failing).toEqual(cases.filter(({ verdict }) => verdict === "fail"));
  });

  it("is laid over tokens that no policy objects to", () => {
    const bare = [blameless, blamelessJob].map((token) => enricher({ asOf })(token));

    expect(judge(bare).flatMap(({ findings }) => findings.filter(({ verdict }) => verdict === "fail"))).toEqual([]);
  });
});

/** The example laid over a token that no policy objects to, without what it says is unknown, with the facts that follow. */
function tokenOf(example: Record<string, unknown>): Token {
  const base = example.kind === "github/workflow-token" ? blamelessJob : blameless;
  const { facts: _, ...record } = base;
  const laid = union(record, { ...example, facts: {} }) as Token;
  const token = enricher({ asOf })(unknowing(laid.unknown, laid));
  return union(token, { facts: example.facts ?? {} }) as Token;
}

/** As Rego's object.union: members of objects are joined, anything else is replaced. */
function union(one: object, other: object): object {
  const joined: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = joined[key];
    joined[key] = isObject(before) && isObject(value) ? union(before, value) : value;
  }
  return joined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function given(builder: "token" | "job"): Promise<Token> {
  const args = ["eval", "-d", "policies/lib", "-f", "raw", `data.tokenward.lib.given.${builder}({})`];
  return JSON.parse(await printed(args, { cwd: repository, input: "" })) as Token;
}
