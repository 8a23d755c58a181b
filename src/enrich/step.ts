import type { Token } from "../model/documents.gen.ts";

export type Facts = NonNullable<Token["facts"]>;

/** One pure step: what it adds, from one token and the as-of instant. A fact that cannot be measured is absent. */
export interface Step {
  id: string;
  provides: readonly (keyof Facts)[];
  derive(token: Token, asOf: string): Facts;
}
