import type { judgedFields } from "../model/bundle.ts";
import type { Provided, Raw, Read } from "../model/flow.ts";

/** What a collector may use of the world; the clock is not in it. */
export interface Context {
  /** Paths of the source are relative to this absolute folder. */
  root: string;
  /** Locations in tokens are relative to this absolute folder, with `/`. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Standard input, asked for at most once. */
  stdin: () => AsyncIterable<Uint8Array>;
}

/** What a kind's records tell of a judged field: `known` (present or null), or why it stays unknown; `varies` where the source decides. */
export type Availability = "known" | "varies" | "not-exposed" | "not-asked";

/** A source of tokens: what it is, what it needs, what it cannot know, and how to read it. */
export interface Provider<Config = never> {
  id: string;
  title: string;
  /** The kinds it yields; empty: any. */
  kinds: readonly string[];
  /** The least rights its own credential needs, in words a person can act on. */
  rights: string;
  fields: Readonly<Record<string, Readonly<Record<(typeof judgedFields)[number], Availability>>>>;
  collect(config: Config, context: Context): AsyncIterable<Provided>;
  /** Reads raw lines that `collect` yielded; pure, in whatever thread. */
  read?(raw: Raw): Iterable<Read>;
}
