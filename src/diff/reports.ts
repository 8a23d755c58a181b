import { acceptedText, messageOf } from "../model/accepted.ts";
import { acceptanceOf, acceptances } from "../model/baseline.ts";
import type { Diff, Finding, FindingChange } from "../model/documents.gen.ts";
import type { Head, Result } from "../model/flow.ts";
import { wasRead } from "../model/reading.ts";
import { byText } from "../model/text.ts";
import { openJoin } from "./join.ts";
import { type Terms, termsBetween, unreadText } from "./terms.ts";

export type ReportDiff = Required<Pick<Diff, "incomplete" | "doubts" | "summary" | "findings">>;

const changes = ["new", "resolved", "worse", "better", "returned", "accepted", "changed", "unknown"] as const;

/** What is compared of a finding. */
interface Told extends Required<Omit<FindingChange, "change">> {
  /** Why it does not count. */
  accepted?: string;
}

/** What is different between the findings of two reports; each is read once, and only what differs is held in memory. */
export async function diffReports(old: Result, now: Result, scratch: () => string): Promise<ReportDiff> {
  const join = openJoin<Told>(scratch, "diff-findings");
  for await (const finding of old.findings) join.add("old", toldOf(finding));
  for await (const finding of now.findings) join.add("new", toldOf(finding));
  const terms = termsBetween(old.head, now.head);
  const sight = { wasThere: judgedIn(old), isSeen: judgedIn(now), isOther: terms.isOther };
  const findings: FindingChange[] = [];
  let unchanged = 0;
  for (const { old: before, new: after } of join.pairs()) {
    const told = before && after ? changeOf(before, after) : passing({ before, after }, sight);
    if (told) findings.push(told);
    else unchanged += 1;
  }
  findings.sort(byIdentity);
  const summary: Record<string, number> = Object.fromEntries(changes.map((change) => [change, 0]));
  for (const { change } of findings) summary[change] = (summary[change] ?? 0) + 1;
  const doubts = [...unread(old.head, now.head), ...terms.doubts];
  return { incomplete: (summary.unknown ?? 0) > 0, doubts, summary: { ...summary, unchanged }, findings };
}

function toldOf(finding: Finding): Told {
  const { id, policy, token } = finding;
  const accepted = acceptedText(finding);
  const head = { id, policy, token: token.id, name: token.name, severity: acceptanceOf(finding) };
  return { ...head, says: messageOf(finding), ...(accepted === undefined ? {} : { accepted }) };
}

type Judged = (finding: Pick<Told, "policy" | "token">) => boolean;

/** Whether a report would tell of a finding: its policy judged, and its token's source was read. */
function judgedIn({ head }: Result): Judged {
  const policies = new Set(head.policies.map(({ policy }) => policy.id));
  const isRead = wasRead(head.coverage);
  return ({ policy, token }) => policies.has(policy) && isRead(token);
}

interface Sight extends Pick<Terms, "isOther"> {
  wasThere: Judged;
  isSeen: Judged;
}

/** What stands in one report only is new or resolved where the other would have told of it. */
function passing(
  { before, after }: Partial<Record<"before" | "after", Told | undefined>>,
  { wasThere, isSeen, isOther }: Sight,
): FindingChange | undefined {
  if (after) {
    if (wasThere(after)) return changed(after, "new", [after.says, after.accepted]);
    return changed(after, "unknown", ["is only in the new report; the old one did not read or judge it"]);
  }
  if (!before) return undefined;
  if (!isSeen(before))
    return changed(before, "unknown", ["is only in the old report; the new one did not read or judge it"]);
  if (isOther(before.policy))
    return changed(before, "changed", [`is gone, or is none by what judges now; before: ${before.says}`]);
  return changed(before, "resolved", [before.says]);
}

/** Undefined: it is as it was. A verdict that became possible or impossible is a change, neither better nor worse. */
function changeOf(old: Told, now: Told): FindingChange | undefined {
  const [before, after] = [old.severity, now.severity];
  const moved = before === after ? undefined : `is ${after}, was ${before}`;
  if (now.accepted !== undefined && old.accepted === undefined) return changed(now, "accepted", [now.accepted, moved]);
  if (now.accepted === undefined && old.accepted !== undefined)
    return changed(now, "returned", [`counts again: ${now.says}`, moved]);
  if (moved === undefined) return undefined;
  if (before === "unknown" || after === "unknown") return changed(now, "changed", [moved]);
  const isWorse = acceptances.indexOf(after) > acceptances.indexOf(before);
  return changed(now, isWorse ? "worse" : "better", [moved]);
}

function changed(
  { accepted: _, ...told }: Told,
  change: FindingChange["change"],
  says: readonly (string | undefined)[],
): FindingChange {
  return { ...told, change, says: says.filter((text) => text !== undefined).join("; ") };
}

function unread(old: Head, now: Head): string[] {
  return [...(old.gate.incomplete ? [unreadText("old")] : []), ...(now.gate.incomplete ? [unreadText("new")] : [])];
}

function byIdentity(one: FindingChange, other: FindingChange): number {
  return byText(one.token, other.token) || byText(one.policy, other.policy) || byText(one.id, other.id);
}
