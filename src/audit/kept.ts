import type { AuditRun } from "../model/documents.gen.ts";
import { mostUrgent } from "../report/diff-sections.ts";

/** Past so many of one change, they are only counted. */
const TOLD = 1_000;

/** As it is kept: the first of each change. */
export function kept({ changes: { findings, tokens, ...rest }, ...run }: AuditRun): AuditRun {
  const changes = {
    ...rest,
    ...(findings && { findings: { ...findings, changes: firstOf(findings.changes, ({ change }) => change) } }),
    ...(tokens && { tokens: { ...tokens, changes: firstOf(tokens.changes, mostUrgent) } }),
  };
  return { ...run, changes };
}

/** As it is listed: only counted. */
export function counted({ changes: { findings, tokens, ...rest }, ...run }: AuditRun): AuditRun {
  const changes = {
    ...rest,
    ...(findings && { findings: { summary: findings.summary } }),
    ...(tokens && { tokens: { summary: tokens.summary } }),
  };
  return { ...run, changes };
}

function firstOf<One>(all: readonly One[] = [], changeOf: (one: One) => string | undefined): One[] {
  const seen = new Map<string | undefined, number>();
  return all.filter((one) => {
    const count = (seen.get(changeOf(one)) ?? 0) + 1;
    seen.set(changeOf(one), count);
    return count <= TOLD;
  });
}
