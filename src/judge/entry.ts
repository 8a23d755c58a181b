import type { Policy } from "../model/documents.gen.ts";

/** The path of the generated rule in the compiled module. */
export const ENTRY_POINT = "judge/rows";

/** Each policy alone, to find the one that an error belongs to. */
export function policyEntryPoint(policy: Policy): string {
  return `${entryPackage(policy)}/verdict`;
}

/**
 * The Rego rule that WebAssembly runs: for each token of a chunk, the index of every policy that failed with the values
 * that decided. The policies are listed one by one, because a lookup by name is slower and trips over OPA issue 7399.
 */
export function entryRule(policies: readonly Policy[]): string {
  const sets = policies.map((policy, index) => `\tf${index} := data.${policy.package}.fail with input as token`);
  const pairs = policies.map((_, index) => `\t\t\t[${index}, f${index}],`);
  return [
    "package judge\n\nimport rego.v1\n\nrows := [row |\n\tsome token in input",
    ...sets,
    "\trow := [[index, evidence] |",
    "\t\tsome pair in [",
    ...pairs,
    "\t\t]",
    "\t\tindex := pair[0]",
    "\t\tsome evidence in pair[1]",
    "\t]",
    "]\n",
  ].join("\n");
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
