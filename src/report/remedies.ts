import type { Finding, Policy } from "../model/documents.gen.ts";
import { specialRemedies } from "../model/remediation.ts";

/** Providers whose own steps are told, those with the most findings first. */
const TOLD = 3;
/** A hostile inventory may name any number of providers. */
const COUNTED = 100;

/** One thing to do: `fix`, or `fix (github)` where providers differ. */
export interface Advice {
  label: string;
  text: string;
}

/** What to do about the findings of one policy: once where it is the same for all their providers, else by provider. */
export function remedies(): { add(finding: Finding): void; advice(policy: Policy, most?: number): Advice[] } {
  const providers = new Map<string, number>();
  return {
    add({ token: { provider } }) {
      const before = providers.get(provider) ?? 0;
      if (before > 0 || providers.size < COUNTED) providers.set(provider, before + 1);
    },
    advice(policy, most = TOLD) {
      const special = specialRemedies(policy)
        .filter(([provider]) => providers.has(provider))
        .sort(([one], [other]) => (providers.get(other) ?? 0) - (providers.get(one) ?? 0));
      const [only] = special;
      if (!only) return [{ label: "fix", text: policy.remediation.any }];
      if (providers.size === 1) return [{ label: "fix", text: only[1] }];
      const told = special.slice(0, most).map(([provider, text]) => ({ label: `fix (${provider})`, text }));
      const others = { label: "fix (others)", text: policy.remediation.any };
      return told.length === providers.size ? told : [...told, others];
    },
  };
}
