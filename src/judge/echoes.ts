import type { Policy } from "../model/documents.gen.ts";
import type { Judgement } from "../model/flow.ts";

/**
 * One cause, one finding: takes back a finding where a policy that it yields to fails on the same token, because that
 * one tells the same more closely. What passes stays passed.
 */
export function echoes(policies: readonly Policy[]): (judgement: Judgement) => Judgement {
  const yielding = policies.flatMap(({ id, yields_to }, index) => (yields_to ? [{ id, index, yields_to }] : []));
  return (judgement) => {
    const { findings, verdicts } = judgement;
    if (findings.length < 2) return judgement;
    const failed = new Set(findings.flatMap(({ policy, verdict }) => (verdict === "fail" ? [policy] : [])));
    const told = new Set(findings.map(({ policy }) => policy));
    const silent = yielding.filter(({ id, yields_to }) => told.has(id) && yields_to.some((one) => failed.has(one)));
    if (silent.length === 0) return judgement;
    return {
      ...judgement,
      findings: findings.filter(({ policy }) => !silent.some(({ id }) => id === policy)),
      verdicts: verdicts.map((verdict, at) => (silent.some(({ index }) => index === at) ? "not_applicable" : verdict)),
    };
  };
}
