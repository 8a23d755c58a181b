import type { ConfigFile, Source } from "./documents.gen.ts";
import type { Position } from "./errors.ts";
import type { Severity } from "./severity.ts";

/** One source to read, with the place in the configuration that asked for it. */
export interface ConfiguredSource {
  /** As validated against the source's own schema. */
  source: Source;
  /** The absolute folder that the source's paths are relative to. */
  root: string;
  /** Absent where no file asked: built-in default or command line. */
  position?: Position;
}

/** A value with who set it: `flag --fail-on`, `TOKENWARD_FAIL_ON`, `tokenward.yaml:3:10`, `built-in`. */
export interface Sourced<Value> {
  value: Value;
  source: string;
}

/** The configuration of one run: flags over environment over file over built-in defaults. */
export interface Config {
  /** The file read, relative to the working directory; null: none was found or wanted. */
  file: string | null;
  profile: Sourced<NonNullable<ConfigFile["profile"]>>;
  sources: Sourced<ConfiguredSource[]>;
  failOn: Sourced<Severity | "never">;
  allowIncomplete: Sourced<boolean>;
  /** The register of tokens, a file or a folder, relative to the working directory; absent: there is none. */
  register?: Sourced<string>;
  /** The file of waivers, relative to the working directory; absent: nothing is waived. */
  waivers?: Sourced<string>;
  /** The baseline, relative to the working directory; absent: every finding counts. */
  baseline?: Sourced<string>;
  /** Days that an entry of the baseline counts; absent: for good. */
  baselineMaxAge?: Sourced<number>;
  /** The file's own words on parameters and policies, still to be held against the policies there are, and on owners and environments. */
  stated: Pick<ConfigFile, "parameters" | "kinds" | "policies" | "owners" | "environments">;
  /** Where a node of the file stands, by JSON pointer (`/parameters/too-old/max_age`), its key if `key`. */
  locate: (pointer: string, key?: boolean) => Position;
}
