import { describe, expect, it } from "vitest";
import { type Breadth, reaches, type Severity, severities, severityFor } from "../../src/model/severity.ts";

describe("a policy's severity moves with the breadth of the token", () => {
  it.each<{ declared: Severity; breadth: Breadth; severity: Severity }>([
    { declared: "low", breadth: "narrow", severity: "low" },
    { declared: "low", breadth: "limited", severity: "low" },
    { declared: "low", breadth: "broad", severity: "medium" },
    { declared: "low", breadth: "full", severity: "high" },
    { declared: "medium", breadth: "narrow", severity: "low" },
    { declared: "medium", breadth: "limited", severity: "medium" },
    { declared: "medium", breadth: "broad", severity: "high" },
    { declared: "medium", breadth: "full", severity: "critical" },
    { declared: "high", breadth: "narrow", severity: "medium" },
    { declared: "high", breadth: "limited", severity: "high" },
    { declared: "high", breadth: "broad", severity: "critical" },
    { declared: "high", breadth: "full", severity: "critical" },
    { declared: "critical", breadth: "narrow", severity: "high" },
    { declared: "critical", breadth: "limited", severity: "critical" },
    { declared: "critical", breadth: "broad", severity: "critical" },
    { declared: "critical", breadth: "full", severity: "critical" },
  ])("$declared on a $breadth token is $severity", ({ declared, breadth, severity }) => {
    expect(severityFor(declared, breadth)).toBe(severity);
  });

  it.each(severities)("and stays %s where nobody knows the breadth", (declared) => {
    expect(severityFor(declared, undefined)).toBe(declared);
  });
});

describe("a threshold", () => {
  it.each(severities)("of never is not reached by %s", (severity) => {
    expect(reaches(severity, "never")).toBe(false);
  });

  it.each<{ threshold: Severity; reached: Severity[] }>([
    { threshold: "low", reached: ["low", "medium", "high", "critical"] },
    { threshold: "medium", reached: ["medium", "high", "critical"] },
    { threshold: "high", reached: ["high", "critical"] },
    { threshold: "critical", reached: ["critical"] },
  ])("of $threshold is reached by $reached and by nothing less", ({ threshold, reached }) => {
    expect(severities.filter((severity) => reaches(severity, threshold))).toEqual(reached);
  });
});
