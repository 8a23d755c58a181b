import type { Rules } from "./bundle.ts";
import type { Policy } from "./documents.gen.ts";
import { isMeantFor } from "./kind.ts";
import { settingsFor } from "./settings.ts";

/** A number that an entry of the register may tighten and must not loosen. */
export interface Limit {
  policy: string;
  field: NonNullable<Policy["params"][string]["register"]>[number];
  value: number;
}

export type Limits = (kind: string) => readonly Limit[];

/** Which numbers in force entries are held against, worked out once for each kind. */
export function limitsIn(policies: readonly Policy[], { parameters, disabled }: Rules): Limits {
  const known = new Map<string, Limit[]>();
  const mine = policies.filter(({ id }) => !disabled.includes(id));
  const limitsOf = (kind: string) =>
    mine
      .filter((policy) => isMeantFor(policy, kind) && !parameters.exempt[kind]?.[policy.id])
      .flatMap(({ id, params }) =>
        Object.entries(settingsFor(parameters, id, kind)).flatMap(([name, { value }]): Limit[] => {
          const [field] = params[name]?.register ?? [];
          return field && typeof value === "number" ? [{ policy: id, field, value }] : [];
        }),
      );
  return (kind) => {
    const found = known.get(kind) ?? limitsOf(kind);
    known.set(kind, found);
    return found;
  };
}
