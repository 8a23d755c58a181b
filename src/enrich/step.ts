import type { Token } from "../model/documents.gen.ts";
import type { Intent } from "../model/intent.ts";
import type { Limits } from "../model/limits.ts";

export type Facts = NonNullable<Token["facts"]>;

/** One pure step: what it adds, from one token and the as-of instant. A fact that cannot be measured is absent. */
export interface Step {
  id: string;
  provides: readonly (keyof Facts)[];
  derive(token: Token, asOf: string): Facts;
}

/** What enrichment goes by. */
export interface Context {
  /** RFC 3339 instant in UTC. */
  asOf: string;
  intent?: Intent | undefined;
  /** The folder of scope catalogues; absent: those that came with tokenward. */
  tables?: string | undefined;
  /** The numbers in force that an entry of the register is held against; absent: none. */
  limits?: Limits | undefined;
}

/** A step that goes by what people have written down; opened once for all tokens of a thread, undefined where it has nothing to do. */
export interface IntentStep {
  id: string;
  open(context: Context): ((token: Token) => Token) | undefined;
}
