import { acceptanceOf, acceptances } from "../model/baseline.ts";
import type { Diff, Finding, FindingChange } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { wasRead } from "../model/reading.ts";
import { byText } from "../model/text.ts";
import { openJoin } from "./join.ts";

export type ReportDiff = Required<Pick<Diff, "incomplete" | "summary" | "findings">>;

const changes = ["new", "resolved", "worse", "better", "changed", "unknown"] as const;

/** What is compared of a finding. */
type Told = Required<Omit<FindingChange, "change">>;

/** What is different between the findings of two reports; each is read once, and only what differs is held in memory. */
export async function diffReports(old: Result, now: Result, scratch: () => string): Promise<ReportDiff> {
  const join = openJoin<Told>(scratch, "diff-findings");
  for await (const finding of old.findings) join.add("old", toldOf(finding));
  for await (const finding of now.findings) join.add("new", toldOf(finding));
  const [wasThere, isSeen] = [judgedIn(old), judgedIn(now)];
  const findings: FindingChange[] = [];
  let unchanged = 0;
  for (const { old: before, new: after } of join.pairs()) {
    const told = before && after ? changeOf(before, after) : passing({ before, after }, { wasThere, isSeen });
    if (told) findings.push(told);
    else unchanged += 1;
  }
  findings.sort(byIdentity);
  const summary: Record<string, number> = Object.fromEntries(changes.map((change) => [change, 0]));
  for (const { change } of findings) summary[change] = (summary[change] ?? 0) + 1;
  return { incomplete: (summary.unknown ?? 0) > 0, summary: { ...summary, unchanged }, findings };
}

function toldOf(finding: Finding): Told {
  const { id, policy, token, message } = finding;
  return { id, policy, token: token.id, name: token.name, severity: acceptanceOf(finding), says: message };
}

type Judged = (finding: Pick<Told, "policy" | "token">) => boolean;

/** Whether a report would tell of a finding: its policy judged, and its token's source was read. */
function judgedIn({ head }: Result): Judged {
  const policies = new Set(head.policies.map(({ policy }) => policy.id));
  const isRead = wasRead(head.coverage);
  return ({ policy, token }) => policies.has(policy) && isRead(token);
}

/** What stands in one report only is new or resolved where the other would have told of it. */
function passing(
  { before, after }: { before: Told | undefined; after: Told | undefined },
  { wasThere, isSeen }: Record<"wasThere" | "isSeen", Judged>,
): FindingChange | undefined {
  if (after && wasThere(after)) return { ...after, change: "new" };
  if (after)
    return { ...after, change: "unknown", says: "is only in the new report; the old one did not read or judge it" };
  if (before && isSeen(before)) return { ...before, change: "resolved" };
  return (
    before && { ...before, change: "unknown", says: "is only in the old report; the new one did not read or judge it" }
  );
}

/** Undefined: it is as it was. A verdict that became possible or impossible is a change, neither better nor worse. */
function changeOf(old: Told, now: Told): FindingChange | undefined {
  const [before, after] = [old.severity, now.severity];
  if (before === after) return undefined;
  const says = `is ${after}, was ${before}`;
  if (before === "unknown" || after === "unknown") return { ...now, change: "changed", says };
  return { ...now, change: acceptances.indexOf(after) > acceptances.indexOf(before) ? "worse" : "better", says };
}

function byIdentity(one: FindingChange, other: FindingChange): number {
  return byText(one.token, other.token) || byText(one.policy, other.policy) || byText(one.id, other.id);
}
