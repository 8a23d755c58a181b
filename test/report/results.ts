import type { Accepted, Coverage, Finding, Policy, Report, Tally } from "../../src/model/documents.gen.ts";
import type { Result } from "../../src/model/flow.ts";
import { findingId } from "../../src/model/identity.ts";
import { severities } from "../../src/model/severity.ts";

export const plain = { colour: false, columns: 100 };

/** A policy with complete metadata; a test states only what matters to it. */
export function policy(over: Partial<Policy> & { id: string }): Policy {
  return {
    package: `tokenward.lifetime.${over.id.replaceAll("-", "_")}`,
    title: "Token is older than its kind may get",
    description: "A token nobody renews keeps working long after its reason is forgotten.",
    severity: "high",
    category: "lifetime",
    needs: ["created"],
    applies_to: {},
    params: {},
    evidence: {},
    message: "issued {age} ago; the limit is {max_age}",
    controls: { soc2: { "CC6.1": "supporting" }, "owasp-nhi": { NHI7: "direct" } },
    remediation: { any: "Issue a replacement, move its callers over, then revoke this token." },
    related_resources: [],
    ...over,
  };
}

/** A failure of `too-old` on a deploy token that no file declares. */
export function finding(over: Partial<Omit<Finding, "token">> & { token?: Partial<Finding["token"]> } = {}): Finding {
  const token = {
    id: "gitlab/acme/deploy-token/7",
    provider: "gitlab",
    account: "acme",
    kind: "gitlab/deploy-token",
    name: "registry-pull",
    ...over.token,
  };
  const slug = over.policy ?? "too-old";
  return {
    id: findingId(token.id, slug, over.discriminator),
    policy: slug,
    verdict: "fail",
    severity: "high",
    message: "issued 120 days ago; the limit is 90 days",
    evidence: { age: 10_368_000, max_age: 7_776_000 },
    thresholds: { max_age: { value: 7_776_000, source: "built-in" } },
    unknown: {},
    location: { via: "virtual", uri: `tokens/${token.id}`, line: 1, column: 1, end_line: 1, end_column: 2 },
    ...over,
    token,
  };
}

/** A verdict that was not possible, because a field is missing for a reason. */
export function gap(over: Parameters<typeof finding>[0] & { field: string; why: string; reason: string }): Finding {
  const { field, why, reason, ...rest } = over;
  const unknown = { [field]: reason };
  return finding({
    ...rest,
    verdict: "unknown",
    evidence: {},
    thresholds: {},
    unknown,
    message: `${field} unknown: ${why}`,
  });
}

export interface Parts {
  findings?: Finding[];
  policies?: Policy[];
  coverage?: Coverage[];
  tokens?: number;
  pass?: number;
  gate?: Partial<Report["gate"]>;
  waivers?: Report["waivers"];
  baseline?: Report["baseline"];
}

/** A result that counts what it is given, so that its head and its findings agree. */
export function result(parts: Parts = {}): Result & { findings: Finding[] } {
  const { findings = [], coverage = [read], tokens = 3, pass = 5 } = parts;
  const policies = parts.policies ?? [policy({ id: "too-old" })];
  const failed = findings.filter(({ verdict }) => verdict === "fail");
  const bySeverity = severitiesOf(failed.filter(({ waived, baseline }) => !waived && !baseline));
  const waived = findings.filter((one) => one.waived);
  const known = findings.filter((one) => one.baseline);
  const count = (outcome: Coverage["outcome"]) => coverage.filter((one) => one.outcome === outcome).length;
  const leftOut = Object.fromEntries(
    (["not-asked", "not-exposed"] as const).flatMap((outcome) =>
      count(outcome) > 0 ? [[outcome, count(outcome)]] : [],
    ),
  );
  const verdicts = { pass, fail: failed.length, unknown: findings.length - failed.length, not_applicable: 4 };
  const incomplete = count("denied") + count("failed") > 0 || tokens === 0;
  const atThreshold = bySeverity.critical + bySeverity.high;
  return {
    head: {
      schema_version: 1,
      tool: { name: "tokenward", version: "0.1.0" },
      as_of: "2030-01-01T00:00:00Z",
      bundle: "0123456789abcdef".repeat(4),
      profile: "default",
      gate: {
        fail_on: "high",
        exit_code: atThreshold > 0 ? 1 : incomplete ? 3 : 0,
        incomplete,
        allow_incomplete: false,
        at_threshold: atThreshold,
        ...parts.gate,
      },
      summary: {
        tokens,
        verdicts,
        severities: bySeverity,
        ...(waived.length > 0 ? { waived: acceptedOf(waived) } : {}),
        ...(known.length > 0 ? { baseline: acceptedOf(known) } : {}),
        coverage: {
          read: count("read"),
          empty: count("empty"),
          denied: count("denied"),
          failed: count("failed"),
          ...leftOut,
        },
      },
      ...(parts.waivers ? { waivers: parts.waivers } : {}),
      ...(parts.baseline ? { baseline: parts.baseline } : {}),
      coverage,
      policies: policies.map((one) => ({ policy: one, verdicts: tally(findings, one.id) })),
    },
    findings,
  };
}

function acceptedOf(findings: readonly Finding[]): Accepted {
  const unknown = findings.filter(({ verdict }) => verdict === "unknown").length;
  return { ...severitiesOf(findings.filter(({ verdict }) => verdict === "fail")), unknown };
}

function severitiesOf(findings: readonly Finding[]): Report["summary"]["severities"] {
  return Object.fromEntries(
    severities.map((severity) => [severity, findings.filter((one) => one.severity === severity).length]),
  ) as Report["summary"]["severities"];
}

function tally(findings: readonly Finding[], slug: string): Tally {
  const own = findings.filter((one) => one.policy === slug);
  const fail = own.filter(({ verdict }) => verdict === "fail").length;
  return { pass: 1, fail, unknown: own.length - fail, not_applicable: 0 };
}

export const read: Coverage = { source: "file", subject: "inventory/tokens.csv", outcome: "read", items: 3 };

export async function text(pieces: AsyncIterable<string>): Promise<string> {
  let whole = "";
  for await (const piece of pieces) whole += piece;
  return whole;
}
