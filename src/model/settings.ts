import type { Parameters, Settings } from "./bundle.ts";
import type { Policy, Token } from "./documents.gen.ts";

/** A policy's numbers in force for a kind, or for any kind where it has none of its own or none is named. */
export function settingsFor({ any, kinds }: Parameters, policy: string, kind: string | undefined): Settings {
  return (kind === undefined ? undefined : kinds[kind]?.[policy]) ?? any[policy] ?? {};
}

/** The same for one token: its entry in the register may tighten a number, and is then the one to name. */
export function settingsOn(parameters: Parameters, policy: Policy, { kind, facts }: Token): Settings {
  const settings = settingsFor(parameters, policy.id, kind);
  const { register } = facts ?? {};
  if (register?.by === undefined) return settings;
  const tightened: Settings = {};
  for (const [name, { value }] of Object.entries(settings)) {
    const stated = (policy.params[name]?.register ?? []).flatMap((field) => register[field] ?? []);
    const least = Math.min(...stated);
    if (typeof value === "number" && least < value) tightened[name] = { value: least, source: register.by };
  }
  return { ...settings, ...tightened };
}
