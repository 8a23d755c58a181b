import { messageOf } from "../model/accepted.ts";
import type { Finding } from "../model/documents.gen.ts";
import type { Result } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { type BySeverity, counts, noneBySeverity } from "./counts.ts";
import { markdownCell, markdownProse } from "./escape.ts";
import { incompleteText, nameOf, remedyTeller } from "./sentence.ts";

/** Rows of one owner, and of all together; the rest is counted. */
const ROWS = 50;
const ALL_ROWS = 20_000;
const NOBODY = "";

interface Message {
  owner: string;
  failed: BySeverity;
  unknown: number;
  waived: number;
  known: number;
  /** What ends soon stands first: it cannot wait. */
  ending: string[];
  rows: string[];
  left: number;
  remedies: Map<string, string>;
}

/** One message for each owner, ready to mail or post: what ends, what fails, and what to do. */
export async function* renderOwners({ head, findings }: Result): AsyncIterable<string> {
  const messages = await gathered({ head, findings });
  const incomplete = incompleteText(head);
  const { tool, as_of } = head;
  yield `# Tokens and their owners\n\n${incomplete ? `**${incomplete}.**\n\n` : ""}${tool.name} ${tool.version}, as of ${as_of}.\n`;
  if (messages.length === 0) yield "\nNothing to tell anybody.\n";
  for (const message of messages) yield* told(message);
}

async function gathered({ head, findings }: Result): Promise<Message[]> {
  const messages = new Map<string, Message>();
  const remedy = remedyTeller(head);
  let all = 0;
  for await (const finding of findings) {
    const owner = ownerOf(finding);
    const message = messages.get(owner) ?? emptyMessage(owner);
    messages.set(owner, message);
    if (finding.waived) message.waived += 1;
    else if (finding.baseline) message.known += 1;
    else if (finding.verdict === "unknown") message.unknown += 1;
    else if (add(finding, { message, remedy, isFull: all >= ALL_ROWS })) all += 1;
  }
  return [...messages.values()].sort(byOwner);
}

interface Place {
  message: Message;
  remedy: (finding: Finding) => string;
  isFull: boolean;
}

/** Whether it became a row; past the limits it is counted. */
function add(finding: Finding, { message, remedy, isFull }: Place): boolean {
  const { rows, ending, remedies } = message;
  message.failed[finding.severity] += 1;
  if (isFull || rows.length + ending.length >= ROWS) {
    message.left += 1;
    return false;
  }
  (endsSoon(finding) ? ending : rows).push(row(finding));
  const advice = `${finding.policy} (${finding.token.provider})`;
  if (!remedies.has(advice)) remedies.set(advice, remedy(finding));
  return true;
}

/** Who answers for it; where nobody is named, who it acts as. */
function ownerOf({ token }: Finding): string {
  return token.owner ?? token.principal ?? NOBODY;
}

function emptyMessage(owner: string): Message {
  return {
    owner,
    failed: noneBySeverity(),
    unknown: 0,
    waived: 0,
    known: 0,
    ending: [],
    rows: [],
    left: 0,
    remedies: new Map(),
  };
}

/** `expires-soon` and policies like it say what is left and how much counts as soon. */
function endsSoon({ evidence }: Finding): boolean {
  return "expires_in" in evidence && "within" in evidence;
}

function row(finding: Finding): string {
  const { severity, policy, token } = finding;
  const cells = [severity, nameOf(token), token.kind, messageOf(finding), policy].map((text) => markdownCell(text));
  return `| ${cells.join(" | ")} |\n`;
}

function byOwner(one: Message, other: Message): number {
  if ((one.owner === NOBODY) !== (other.owner === NOBODY)) return one.owner === NOBODY ? 1 : -1;
  return one.owner < other.owner ? -1 : 1;
}

function* told(message: Message): Iterable<string> {
  const { owner, failed, unknown, waived, known, ending, rows, left, remedies } = message;
  const name = owner === NOBODY ? "Nobody is named" : markdownCell(owner);
  const told = counts(failed) || "nothing fails";
  const more = [
    ...(unknown > 0 ? [`${number(unknown, "verdict")} not possible, too little is known`] : []),
    ...(waived > 0 ? [`${number(waived, "finding")} waived`] : []),
    ...(known > 0 ? [`${number(known, "finding")} in the baseline`] : []),
  ];
  yield `\n## ${name}\n\n${[told, ...more].join("; ")}.\n`;
  yield* table("Ends soon", ending);
  yield* table("Fails", rows);
  if (left > 0) yield `\nand ${number(left, "more finding")}, see the report.\n`;
  if (remedies.size > 0) yield "\n### What to do\n\n";
  for (const [policy, text] of remedies) yield `- *${markdownCell(policy)}:* ${markdownProse(text)}\n`;
}

function* table(title: string, rows: readonly string[]): Iterable<string> {
  if (rows.length === 0) return;
  yield `\n### ${title}\n\n| Severity | Token | Kind | Why | Policy |\n| --- | --- | --- | --- | --- |\n`;
  yield* rows;
}
