import { messageOf } from "../model/accepted.ts";
import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { visible } from "../model/text.ts";
import { filePlace } from "./plain-place.ts";
import { gapTexts, incompleteText, remedyTeller } from "./sentence.ts";

const COLUMNS = [
  "row",
  "severity",
  "policy",
  "message",
  "remediation",
  "token",
  "name",
  "provider",
  "account",
  "kind",
  "owner",
  "principal",
  "breadth",
  "file",
  "line",
  "url",
  "finding",
  "waived_until",
  "waiver_owner",
  "waiver_approver",
  "waiver_reason",
  "waiver",
  "baseline_since",
  "baseline_until",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/** What a spreadsheet would take for a formula, also in full-width forms. */
const FORMULA = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** RFC 4180 with every field quoted: a row for what keeps the run from being whole, for every gap, and for every finding. */
export async function* renderCsv({ head, findings }: Result): AsyncIterable<string> {
  const remedy = remedyTeller(head);
  yield `${COLUMNS.map(quoted).join(",")}\r\n`;
  const incomplete = incompleteText(head);
  if (incomplete) yield line({ row: "incomplete", message: incomplete });
  for (const message of gapTexts(head)) yield line({ row: "unread", message });
  for await (const finding of findings) yield line(rowOf(finding, remedy(finding)));
}

/** Written out: an object that is spread from parts is made anew for each of them, which took longer than all the rest of a row. */
function rowOf(finding: Finding, remediation: string): Row {
  const { verdict, severity, policy, token, id, waived, baseline } = finding;
  const place = filePlace(finding);
  return {
    row: verdict,
    severity,
    policy,
    message: messageOf(finding),
    remediation,
    token: token.id,
    name: token.name,
    provider: token.provider,
    account: token.account,
    kind: token.kind,
    owner: token.owner,
    principal: token.principal,
    breadth: token.breadth,
    file: place?.path,
    line: place?.line,
    url: token.url,
    finding: id,
    waived_until: waived?.expires,
    waiver_owner: waived?.owner,
    waiver_approver: waived?.approver,
    waiver_reason: waived?.reason,
    waiver: waived?.by,
    baseline_since: baseline?.accepted,
    baseline_until: baseline?.until,
  };
}

function line(row: Row): string {
  return `${COLUMNS.map((column) => quoted(String(row[column] ?? ""))).join(",")}\r\n`;
}

function quoted(text: string): string {
  const shown = visible(text);
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}
