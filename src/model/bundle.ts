import type { Param, Policy } from "./documents.gen.ts";

/** The judged fields of a token record: each is present, null, or named in `unknown`. */
export const judgedFields = [
  "principal",
  "owner",
  "status",
  "created",
  "rotated",
  "expires",
  "last_used",
  "grants",
  "reach",
  "network",
  "environment",
] as const;

/** What most sources never tell. Absent, it is no gap: policies on it do not apply. Told, it is present or named in `unknown`. */
export const optionalFields = ["reviewed", "usage", "consumers"] as const;

/** What `dist/policies/manifest.json` says of the compiled bundle. */
export interface Manifest {
  policies: Policy[];
  /** The top-level fields of a token that the policies read; the rest never enters WebAssembly. */
  reads: string[];
}

export type ParamValue = Param["default"];

/** One number in force, and who said so: `built-in`, a citation, `profile strict`, or a position in the configuration. */
export interface Setting {
  value: ParamValue;
  source: string;
  reason?: string;
  approved_by?: string;
  review_by?: string;
}

/** Why a policy does not judge a kind, and who said so. */
export type Exemption = Omit<Setting, "value">;

/** A policy's parameters by name. */
export type Settings = Record<string, Setting>;

/** Every number in force: for any kind, and whole again for each kind that differs. */
export interface Parameters {
  any: Record<string, Settings>;
  kinds: Record<string, Record<string, Settings>>;
  /** Kinds a policy does not judge, with the source that says why. */
  exempt: Record<string, Record<string, Exemption>>;
}

/** How the run judges: the numbers, the policies switched off, and changed severities. */
export interface Rules {
  profile: string;
  parameters: Parameters;
  disabled: string[];
  severity: Record<string, Policy["severity"]>;
}
