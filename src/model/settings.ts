import type { Parameters, Settings } from "./bundle.ts";

/** A policy's numbers in force for a kind, or for any kind where it has none of its own or none is named. */
export function settingsFor({ any, kinds }: Parameters, policy: string, kind: string | undefined): Settings {
  return (kind === undefined ? undefined : kinds[kind]?.[policy]) ?? any[policy] ?? {};
}
