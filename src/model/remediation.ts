import type { Policy } from "./documents.gen.ts";

type Fixable = Pick<Policy, "remediation">;

/** What to do about a token of this provider. */
export function remedyFor({ remediation }: Fixable, provider: string): string {
  return (Object.hasOwn(remediation, provider) ? remediation[provider] : undefined) ?? remediation.any;
}

/** The providers that need other steps than the rest, with these steps. */
export function specialRemedies({ remediation }: Fixable): [provider: string, remedy: string][] {
  return Object.entries(remediation)
    .filter(([provider]) => provider !== "any")
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
