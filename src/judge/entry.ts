import type { Policy, Token } from "../model/documents.gen.ts";

type Status = Token["status"];

/** The path of the generated rule that asks every policy. */
export const ENTRY_POINT = "judge/rows";

const STATUSES = ["active", "disabled", "expired", "revoked", "pending"] as const satisfies readonly Status[];

/** The rules for tokens of one status each: most policies are about tokens that work, and need not be asked about the others. */
export const STATUS_ENTRY_POINTS = STATUSES.map((status) => entryPointFor(status));

/** The rule to ask about tokens of a status; of those without one, every policy. */
export function entryPointFor(status: Status): string {
  return status ? `${ENTRY_POINT}_${status}` : ENTRY_POINT;
}

/** The rule to ask once more, when it is known which tokens belong together. */
export const KIN_ENTRY_POINT = `${ENTRY_POINT}_kin`;

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
 * The Rego rules that WebAssembly runs: for each token of a chunk, the index of every policy that failed with the values
 * that decided. The policies are listed one by one, because a lookup by name is slower and trips over OPA issue 7399.
 */
export function entryRule(policies: readonly Policy[]): string {
  const indexed = [...policies.entries()];
  const rules = [undefined, ...STATUSES].map((status) => {
    const asked = indexed.filter(([, { applies_to }]) => isAsked(applies_to.statuses, status));
    return rowsRule(entryPointFor(status).split("/")[1] ?? "", asked);
  });
  const again = changedByKin(policies);
  const kin = rowsRule(
    KIN_ENTRY_POINT.split("/")[1] ?? "",
    indexed.filter(([index]) => again.has(index)),
  );
  return ["package judge\n\nimport rego.v1\n", ...rules, kin].join("\n");
}

function isAsked(statuses: readonly NonNullable<Status>[] | undefined, status: Status): boolean {
  return !status || !statuses || statuses.includes(status);
}

function rowsRule(name: string, policies: readonly (readonly [index: number, policy: Policy])[]): string {
  const sets = policies.map(([index, policy]) => `\tf${index} := data.${policy.package}.fail with input as token`);
  const pairs = policies.map(([index]) => `\t\t\t[${index}, f${index}],`);
  return [
    `${name} := [row |\n\tsome token in input`,
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
