import { join, sep } from "node:path";
import { EVIDENCE, type Found } from "../audit/runs.ts";
import { diffInventories } from "../diff/inventories.ts";
import { diffReports } from "../diff/reports.ts";
import { places } from "../evidence/layout.ts";
import { recorded } from "../evidence/recorded.ts";
import type { AuditChanges } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { reasonOf } from "../model/system-error.ts";
import { byText } from "../model/text.ts";
import { doubtTexts } from "../report/diff-sections.ts";
import { scratch } from "./configured.ts";
import { openReport } from "./report-lines.ts";

/** The audit that was just made; its result is at hand, its inventory in its evidence. */
export interface Made {
  folder: string;
  evidence: string;
  result: Result;
}

/**
 * What is different since the audit before, as `diff` tells it: everything of it is here. An audit before that cannot be
 * read is no reason to lose this one, and none to compare with one still earlier.
 */
export async function changesSince(dir: string, { runs, unreadable }: Found, made: Made): Promise<AuditChanges> {
  const [before] = [...runs, ...unreadable]
    .filter(({ folder }) => folder < made.folder)
    .sort((one, other) => byText(other.folder, one.folder));
  if (!before) return {};
  const { folder } = before;
  if ("reason" in before) return { reason: reasonText(folder, before.reason) };
  try {
    return { since: folder, ...(await changesBetween(join(dir, folder, EVIDENCE), made)) };
  } catch (error) {
    // Its pages may be opened elsewhere, where no such path is.
    return { reason: reasonText(folder, reasonOf(error).replaceAll(join(dir, folder, sep), "")) };
  }
}

function reasonText(folder: string, reason: string): string {
  return `nothing is compared: the audit before, ${folder}, cannot be read: ${reason}`;
}

async function changesBetween(before: string, { evidence, result }: Made): Promise<AuditChanges> {
  const findings = await diffReports(await openReport(join(before, places.report)), result, scratch);
  const tokensOf = (pack: string) => recorded(join(pack, places.inventory));
  const tokens = await diffInventories({ old: tokensOf(before), new: tokensOf(evidence) }, scratch);
  const both = [findings, tokens];
  return {
    doubts: doubtTexts({
      incomplete: both.some(({ incomplete }) => incomplete),
      doubts: [...new Set(both.flatMap(({ doubts }) => doubts))],
      summary: { unknown: both.reduce((sum, { summary }) => sum + (summary.unknown ?? 0), 0) },
    }),
    findings: { summary: findings.summary, changes: findings.findings },
    tokens: { summary: tokens.summary, changes: tokens.tokens },
  };
}
