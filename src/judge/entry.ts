import type { Policy } from "../model/documents.gen.ts";

/** The path of the generated rule that asks policies about tokens. */
export const ENTRY_POINT = "judge/rows";

/** Tokens that the same policies judge: what the rule is asked about. */
export interface Group {
  /** For each policy whether it is asked. */
  asked: readonly boolean[];
  tokens: readonly object[];
}

/** What the rule answers: for each group and policy, the tokens that failed, by position, each with the values that decided. */
export type Answer = (readonly [position: number, evidence: Record<string, unknown>])[][][];

/** Whether a policy looks at more than one token. */
export function looksAtKin({ applies_to }: Policy): boolean {
  return applies_to.given?.some((given) => given === "facts.siblings" || given === "facts.shared_with") ?? false;
}

/** The policies, by index, that what others tell of a token may change: those that look at kin, and those that they yield to. */
export function changedByKin(policies: readonly Policy[]): Set<number> {
  const looking = policies.filter(looksAtKin);
  const ids = new Set(looking.flatMap(({ id, yields_to = [] }) => [id, ...yields_to]));
  return new Set(policies.flatMap(({ id }, index) => (ids.has(id) ? [index] : [])));
}

/** Each policy alone, to find the one that an error belongs to. */
export function policyEntryPoint(policy: Policy): string {
  return `${entryPackage(policy)}/verdict`;
}

/**
 * The Rego rule that WebAssembly runs, with an `Answer` for each list of groups. The policies are listed one by one,
 * because a lookup by name is slower and trips over OPA issue 7399; a policy that is not asked costs one look at a list.
 */
export function entryRule(policies: readonly Policy[]): string {
  const sets = policies.map((policy, index) =>
    [
      "\t\t[[position, evidence] |",
      `\t\t\tgroup.asked[${index}]`,
      "\t\t\tsome position, token in group.tokens",
      `\t\t\tsome evidence in data.${policy.package}.fail with input as token`,
      "\t\t],",
    ].join("\n"),
  );
  const head = ["package judge\n\nimport rego.v1\n", "rows := [found |", "\tsome group in input", "\tfound := ["];
  return [...head, ...sets, "\t]", "]\n"].join("\n");
}

/** Rego modules that let each policy be asked alone about a chunk. */
export function policyRule(policy: Policy): string {
  return [
    `package ${entryPackage(policy).replaceAll("/", ".")}\n\nimport rego.v1\n`,
    `verdict := [failures |\n\tsome token in input\n\tfailures := data.${policy.package}.fail with input as token\n]\n`,
  ].join("\n");
}

function entryPackage(policy: Policy): string {
  return `judge/${policy.package.split(".").slice(1).join("/")}`;
}
