import { parseInstant } from "../../model/instant.ts";
import { type Answer, ask, type No } from "./ask.ts";
import type { Session } from "./session.ts";

/** What the credential report tells of one user; the root user is one of them. */
export interface ReportRow {
  arn: string;
  /** Undefined: the report does not say. */
  hasPassword: boolean | undefined;
  hasMfa: boolean | undefined;
  keys: readonly ReportedKey[];
  certificates: readonly Reported[];
}

export interface Reported {
  isActive: boolean;
  /** When it was created or last changed; undefined: there is none, or nobody says. */
  changed: string | undefined;
}

export interface ReportedKey extends Reported {
  /** Null: never; undefined: the report does not say. */
  used: string | null | undefined;
}

export interface CredentialReport {
  generated: string | undefined;
  rows: ReadonlyMap<string, ReportRow>;
  /** Lines that could not be read. */
  broken: number;
}

export const ROOT = "<root_account>";

/** Has the report made, which takes AWS some seconds; one of the last four hours is handed out again. */
export async function generateReport({ sdk, iam }: Session): Promise<No | undefined> {
  const action = "iam:GenerateCredentialReport";
  const answer = await ask(action, () => iam.send(new sdk.iam.GenerateCredentialReportCommand({})));
  return answer.outcome === "read" ? undefined : answer;
}

/** Our client waits between the tries of each round, for as long as AWS says that the report is under way. */
const ROUNDS = 8;

export async function fetchReport(session: Session): Promise<Answer<CredentialReport>> {
  const { sdk, iam } = session;
  let refused: No = UNFINISHED;
  for (let round = 0; round < ROUNDS; round += 1) {
    const answer = await ask("iam:GetCredentialReport", () => iam.send(new sdk.iam.GetCredentialReportCommand({})));
    if (answer.outcome === "read") return read(answer.output);
    refused = answer;
    const { code } = answer;
    if (code === "ReportExpired" || code === "ReportNotPresent") {
      const no = await generateReport(session);
      if (no) return no;
    } else if (code !== "ReportInProgress") return answer;
  }
  return { ...refused, outcome: "failed", remedy: UNFINISHED.remedy };
}

/** Reads the report by the names of its columns. */
export function parseReport(text: string): Omit<CredentialReport, "generated"> | undefined {
  const [header = [], ...lines] = rowsOf(text);
  if (!header.includes("user") || !header.includes("arn")) return undefined;
  const rows = new Map<string, ReportRow>();
  let broken = 0;
  for (const line of lines) {
    const fields = new Map(header.map((name, at) => [name, line[at] ?? ""]));
    const user = fields.get("user") ?? "";
    if (line.length === header.length && user !== "") rows.set(user, rowFrom(fields));
    else broken += 1;
  }
  return { rows, broken };
}

const UNFINISHED: No = {
  outcome: "failed",
  detail: "iam:GetCredentialReport gave no report although it was asked for many times",
  remedy: "run it again in a minute: AWS is still making the report",
};

function read({ Content, GeneratedTime }: { Content?: Uint8Array | undefined; GeneratedTime?: Date | undefined }) {
  const parsed = parseReport(new TextDecoder().decode(Content ?? new Uint8Array()));
  if (!parsed)
    return { ...UNFINISHED, detail: "iam:GetCredentialReport gave a report without the columns user and arn" };
  const generated = GeneratedTime && known(GeneratedTime.toISOString());
  return { outcome: "read", output: { ...parsed, generated } } as const;
}

type Fields = ReadonlyMap<string, string>;

function rowFrom(fields: Fields): ReportRow {
  return {
    arn: fields.get("arn") ?? "",
    hasPassword: flag(fields.get("password_enabled")),
    hasMfa: flag(fields.get("mfa_active")),
    keys: [1, 2].map((at) => ({
      ...reported(fields, `access_key_${at}`),
      used: usedAt(fields.get(`access_key_${at}_last_used_date`)),
    })),
    certificates: [1, 2].map((at) => reported(fields, `cert_${at}`)),
  };
}

function reported(fields: Fields, column: string): Reported {
  return {
    isActive: flag(fields.get(`${column}_active`)) === true,
    changed: known(fields.get(`${column}_last_rotated`)),
  };
}

function flag(text: string | undefined): boolean | undefined {
  const word = text?.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

function usedAt(text: string | undefined): string | null | undefined {
  return text === "N/A" ? null : known(text);
}

/** `N/A`, `no_information` and `not_supported` are no instants. */
function known(text: string | undefined): string | undefined {
  const read = parseInstant(text ?? "");
  return "instant" in read ? read.instant : undefined;
}

/** RFC 4180; lines without anything are left out. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    // A quotation mark in the middle of a field: nothing after it can be told apart.
    if (!match) return [...rows, []];
    const [, value = "", end] = match;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
