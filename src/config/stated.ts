import type { Policy } from "../model/documents.gen.ts";
import { isMapping } from "../model/mapping.ts";
import { pointerTo } from "./pointer.ts";

/** What a configuration says of one policy, for any kind or for one. */
export interface Statement {
  policy: string;
  kind?: string;
  setting: Record<string, unknown>;
  pointer: string;
}

/** The words of a setting that are no parameters. */
export const ABOUT = ["applies", "reason", "approved_by", "review_by"] as const;

/** Every setting of `parameters` and `kinds`, in the order of the file; what has not their shape is passed over. */
export function statementsIn(document: unknown): Statement[] {
  const { parameters, kinds } = mapping(document);
  return [
    ...settingsOf(parameters, pointerTo("parameters")),
    ...Object.entries(mapping(kinds)).flatMap(([kind, policies]) =>
      settingsOf(policies, pointerTo("kinds", kind)).map((statement) => ({ ...statement, kind })),
    ),
  ];
}

/** The parameters that a statement sets, without what it says about them. */
export function paramsOf({ setting }: Statement): [string, unknown][] {
  return Object.entries(setting).filter(([name]) => !(ABOUT as readonly string[]).includes(name));
}

/** Policies by the names a configuration may use: the id, and the ids it had before. */
export function namesOf(policies: readonly Policy[]): Map<string, Policy> {
  const former = policies.flatMap((policy) => (policy.aliases ?? []).map((alias) => [alias, policy] as const));
  return new Map([...former, ...policies.map((policy) => [policy.id, policy] as const)]);
}

/** Statements by the id of their policy and by kind; where one policy is stated under two names, the first. */
export type Index = ReadonlyMap<string, Statement>;

export function indexed(statements: readonly Statement[], policies: Map<string, Policy>): Index {
  const index = new Map<string, Statement>();
  for (const statement of statements) {
    const place = placeOf(policies.get(statement.policy)?.id ?? statement.policy, statement.kind);
    if (!index.has(place)) index.set(place, statement);
  }
  return index;
}

/** What is stated on a policy, for a kind or, without one, for any. */
export function statementOn(index: Index, policy: string, kind?: string): Statement | undefined {
  return index.get(placeOf(policy, kind));
}

function placeOf(policy: string, kind = "any"): string {
  return `${kind} ${policy}`;
}

/** A value's members where it is a mapping, else none. */
export function mapping(value: unknown): Record<string, unknown> {
  return isMapping(value) ? value : {};
}

function settingsOf(policies: unknown, pointer: string): Statement[] {
  return Object.entries(mapping(policies)).map(([policy, setting]) => ({
    policy,
    setting: mapping(setting),
    pointer: pointer + pointerTo(policy),
  }));
}
