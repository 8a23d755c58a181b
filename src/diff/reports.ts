import { acceptanceOf, acceptances } from "../model/baseline.ts";
import type { Diff, Finding, FindingChange } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { wasRead } from "../model/reading.ts";
import { byText } from "../model/text.ts";

export type ReportDiff = Required<Pick<Diff, "incomplete" | "summary" | "findings">>;

const changes = ["new", "resolved", "worse", "better", "changed", "unknown"] as const;

/** What is different between the findings of two reports. */
export async function diffReports(old: Result, now: Result): Promise<ReportDiff> {
  const before = new Map<string, Finding>();
  for await (const finding of old.findings) before.set(finding.id, finding);
  const wasThere = judgedIn(old);
  const findings: FindingChange[] = [];
  let unchanged = 0;
  for await (const finding of now.findings) {
    const known = before.get(finding.id);
    before.delete(finding.id);
    const told = known ? changeOf(known, finding) : arrival(finding, wasThere(finding));
    if (told) findings.push(told);
    else unchanged += 1;
  }
  const isSeen = judgedIn(now);
  for (const finding of before.values()) findings.push(departure(finding, isSeen(finding)));
  findings.sort(byIdentity);
  const summary = Object.fromEntries(
    changes.map((change) => [change, findings.filter((one) => one.change === change).length]),
  );
  return { incomplete: (summary.unknown ?? 0) > 0, summary: { ...summary, unchanged }, findings };
}

/** Whether a report would tell of a finding: its policy judged, and its token's source was read. */
function judgedIn({ head }: Result): (finding: Finding) => boolean {
  const policies = new Set(head.policies.map(({ policy }) => policy.id));
  const isRead = wasRead(head.coverage);
  return ({ policy, token }) => policies.has(policy) && isRead(token.id);
}

function arrival(finding: Finding, isCertain: boolean): FindingChange {
  if (isCertain) return { ...headOf(finding), change: "new", says: finding.message };
  return {
    ...headOf(finding),
    change: "unknown",
    says: "is only in the new report; the old one did not read or judge it",
  };
}

function departure(finding: Finding, isCertain: boolean): FindingChange {
  if (isCertain) return { ...headOf(finding), change: "resolved", says: finding.message };
  return {
    ...headOf(finding),
    change: "unknown",
    says: "is only in the old report; the new one did not read or judge it",
  };
}

/** Undefined: it is as it was. A verdict that became possible or impossible is a change, neither better nor worse. */
function changeOf(old: Finding, now: Finding): FindingChange | undefined {
  const [before, after] = [acceptanceOf(old), acceptanceOf(now)];
  if (before === after) return undefined;
  const says = `is ${after}, was ${before}`;
  if (before === "unknown" || after === "unknown") return { ...headOf(now), change: "changed", says };
  return {
    ...headOf(now),
    change: acceptances.indexOf(after) > acceptances.indexOf(before) ? "worse" : "better",
    says,
  };
}

function headOf(finding: Finding): Omit<FindingChange, "change" | "says"> {
  const { id, policy, token } = finding;
  return { id, policy, token: token.id, name: token.name, severity: acceptanceOf(finding) };
}

function byIdentity(one: FindingChange, other: FindingChange): number {
  return byText(one.token, other.token) || byText(one.policy, other.policy) || byText(one.id, other.id);
}
