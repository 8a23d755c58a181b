import { type GateMeans, gate } from "../../src/gate/index.ts";
import type { Coverage, Finding, Policy } from "../../src/model/documents.gen.ts";
import type { Judged, Result, Verdict } from "../../src/model/flow.ts";
import { findingId } from "../../src/model/identity.ts";
import { aCoverage, asOf, aToken, manifest, streamOf } from "../support/tokens.ts";

export const policies = manifest({ id: "idle" }, { id: "no-owner" }, { id: "too-old" });
export const slugs = policies.policies.map(({ id }) => id);
export const means: GateMeans = {
  failOn: "high",
  allowIncomplete: false,
  run: { tool: { name: "tokenward", version: "0.1.0" }, as_of: asOf, bundle: "0".repeat(64), profile: "default" },
  manifest: policies,
  disabled: [],
  severity: {},
  scratch: () => {
    throw new Error("so few findings fit into memory");
  },
};

export interface Found {
  policy?: string;
  severity?: Policy["severity"];
  verdict?: Finding["verdict"];
  unknown?: Record<string, string>;
}

export function finding(
  token: string,
  { policy = "too-old", severity = "high", verdict = "fail", unknown = {} }: Found,
): Finding {
  return {
    id: findingId(token, policy),
    policy,
    verdict,
    severity,
    message: "is at fault",
    evidence: {},
    thresholds: {},
    unknown,
    token: { id: token, provider: "github", account: "acme", kind: "github/pat", name: token },
    location: { via: "virtual", uri: `tokens/${token}`, line: 1, column: 1, end_line: 1, end_column: 2 },
  };
}

/** A token's judgement: what its findings say, and a pass of every other policy. */
export function judged(id: string, ...found: Found[]): Judged {
  const findings = found.map((one) => finding(id, one));
  const verdicts = slugs.map((slug): Verdict => findings.find(({ policy }) => policy === slug)?.verdict ?? "pass");
  return { judgement: { token: aToken({ id }), findings, verdicts } };
}

export const reading = (outcome: Coverage["outcome"]): Judged => ({
  coverage: aCoverage({ outcome, subject: `a ${outcome} page` }),
});
export const decide = async (items: readonly Judged[], changed: Partial<GateMeans> = {}): Promise<Result> =>
  gate(streamOf(items), { ...means, ...changed });
export const decision = async (items: readonly Judged[], changed: Partial<GateMeans> = {}) =>
  (await decide(items, changed)).head.gate;
