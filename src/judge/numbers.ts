import type { Parameters } from "../model/bundle.ts";

type ByPolicy = Record<string, Record<string, unknown>>;

/** Numbers as Rego reads them under `data.params`: for any kind, and whole again for each kind that differs. */
export interface Numbers {
  any: ByPolicy;
  kinds: Record<string, ByPolicy>;
}

/** The numbers in force alone, without where they come from. */
export function numbersIn({ any, kinds }: Parameters): Numbers {
  return { any: plain(any), kinds: mapped(kinds, plain) };
}

function plain(policies: Parameters["any"]): ByPolicy {
  return mapped(policies, (settings) => mapped(settings, ({ value }): unknown => value));
}

function mapped<From, To>(values: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
