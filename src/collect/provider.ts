import type { judgedFields } from "../model/bundle.ts";
import type { Provided, Raw, Read } from "../model/flow.ts";
import type { Connection, Http } from "../net/http.ts";

/** What a collector may use of the world; the clock is not in it. */
export interface Context {
  /** Paths of the source are relative to this absolute folder. */
  root: string;
  /** Locations in tokens are relative to this absolute folder, with `/`. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Standard input, asked for at most once. */
  stdin: () => AsyncIterable<Uint8Array>;
  /** The instant of the run, RFC 3339 in UTC: what records say of `evidence.observed`. */
  asOf: string;
  /** Milliseconds since 1970, for what a protocol signs with the time. */
  now: () => number;
  /** The one way to the network. */
  connect: (connection: Connection) => Http;
  /** Somebody wants the run to end: who holds something outside lets go of it. */
  signal?: AbortSignal;
  /** All answers were recorded: nothing is signed, and no credential is needed. */
  isReplayed?: boolean;
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
  /** The same to paste: a policy document or a list of scopes, by what it is called. */
  grant?: Readonly<Record<string, string>>;
  /** What no credential makes it show; told as coverage `not-exposed`. */
  hidden?: readonly Hidden[];
  fields: Readonly<Record<string, Readonly<Record<(typeof judgedFields)[number], Availability>>>>;
  collect(config: Config, context: Context): AsyncIterable<Provided>;
  /** Reads raw lines that `collect` yielded; pure, in whatever thread. */
  read?(raw: Raw): Iterable<Read>;
  /** What `doctor` asks before a run: the credential, its reach, rights missing and rights too many; lists nothing. */
  check?(config: Config, context: Context): AsyncIterable<Check>;
}

/** A kind of token, or something about tokens, that the provider tells nobody. */
export interface Hidden {
  subject: string;
  why: string;
}

/** One answer of `doctor`. */
export interface Check {
  /** What was looked at: `credential`, `organization acme`, `right organization_secrets: read`. */
  subject: string;
  /** `extra`: a right that collecting does not need. */
  outcome: "ok" | "missing" | "extra" | "unknown" | "failed";
  detail: string;
  /** For everything but `ok`. */
  remedy?: string;
}
