/** The two files that tell of all others, and the signature of the first. */
export const MANIFEST = "manifest.json";
export const SUMS = "SHA256SUMS";
export const SIGNATURE = "manifest.sig";

/** Where things stand in a pack. */
export const places = {
  inventory: "inventory.ndjson",
  report: "report.json",
  coverage: "coverage.json",
  /** What the run was judged by, resolved: what a second judging goes by. */
  terms: "terms.json",
  /** The same for people: every value in force with its source. */
  config: "config.json",
  module: "policies/policy.wasm",
  policies: "policies/manifest.json",
  thresholds: "policies/thresholds.json",
  /** The folder of scope catalogues and tables. */
  tables: "policies/shipped/data",
} as const;

/** A line for `sha256sum -c`. */
export function sumLine(sha256: string, path: string): string {
  return `${sha256}  ${path}\n`;
}
