/** Frameworks whose controls are all known by name, so that those without any policy are told too. Source: the page of the OWASP Non-Human Identities Top 10 of 2025. */
const complete: Readonly<Record<string, readonly string[]>> = {
  "owasp-nhi-2025": [
    "Improper Offboarding",
    "Secret Leakage",
    "Vulnerable Third-Party NHI",
    "Insecure Authentication",
    "Overprivileged NHI",
    "Insecure Cloud Deployment Configurations",
    "Long-Lived Secrets",
    "Environment Isolation",
    "NHI Reuse",
    "Human Use of NHI",
  ],
};

/** The controls of a framework with their titles; none where only those are known that a policy serves. */
export function knownControls(framework: string): [control: string, title: string][] {
  const titles = Object.hasOwn(complete, framework) ? (complete[framework] ?? []) : [];
  return titles.map((title, index) => [`NHI${index + 1}`, title]);
}

interface Placed {
  framework: string;
  control: string;
}

const counting = new Intl.Collator("en", { numeric: true });

/** By framework, then as people count: `2.9` before `2.11`, `NHI9` before `NHI10`. */
export function inControlOrder(one: Placed, other: Placed): number {
  if (one.framework !== other.framework) return one.framework < other.framework ? -1 : 1;
  return counting.compare(one.control, other.control);
}
