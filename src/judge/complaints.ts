import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nearest } from "../model/nearest.ts";
import { explainRefusals } from "./built-ins.ts";
import { type Opa, runOpa } from "./opa.ts";

/** One thing that `opa check -f json` has against a file. */
export interface Complaint {
  message: string;
  code?: string;
  location?: { file?: string; row?: number; col?: number };
  details?: { ref?: Term[]; pos?: number; oneOf?: unknown[] };
}

interface Term {
  type: string;
  value: unknown;
}

/** OPA tells ten faults, if nobody asks for more. */
const ALL = "1000";

/** What `opa check` has against all that is staged under `policies`; none where it is content. */
export async function complaintsFrom(opa: Opa, scratch: string, options: readonly string[]): Promise<Complaint[]> {
  const args = ["check", ...options, "--schema", "schemas", "--max-errors", ALL, "-f", "json", "policies"];
  const { ok, stdout, stderr } = await runOpa(opa, args, scratch);
  if (ok) return [];
  return complaintsIn(stderr) ?? complaintsIn(stdout) ?? [{ message: (stderr || stdout).trim() }];
}

/** What OPA complains of, in its own order; undefined: it printed something else. */
export function complaintsIn(printed: string): Complaint[] | undefined {
  try {
    const { errors } = JSON.parse(printed) as { errors?: Complaint[] };
    return Array.isArray(errors) ? errors : undefined;
  } catch {
    return undefined;
  }
}

/** Complaints in our words, each with its place and the line that it is about. */
export async function told(complaints: readonly Complaint[], folder: string): Promise<string[]> {
  const lines = await Promise.all(complaints.map((complaint) => inWords(complaint, folder)));
  return [...new Set(lines)];
}

async function inWords(complaint: Complaint, folder: string): Promise<string> {
  const { file = "", row = 0, col = 0 } = complaint.location ?? {};
  const place = [file, row, col].filter((part) => part !== "" && part !== 0).join(":");
  const source = await lineOf(join(folder, file), row);
  const sentence = sentenceOf(complaint);
  return `${place === "" ? "" : `${place}: `}${sentence}${source === undefined ? "" : `\n    ${source}`}`;
}

function sentenceOf({ message, code, details = {} }: Complaint): string {
  const { ref, pos, oneOf } = details;
  if (message.startsWith("undefined ref: ") && ref && pos !== undefined) return misspelt(ref, pos, oneOf ?? []);
  const explained = explainRefusals(message.replaceAll("\t", "  "));
  return code ? `${code}: ${explained}` : explained;
}

const LISTED = 12;

/** A path that leads nowhere would be undefined, and the policy would pass every token. */
function misspelt(ref: readonly Term[], pos: number, oneOf: readonly unknown[]): string {
  const before = ref.slice(0, pos);
  const path = pathOf(ref.slice(0, pos + 1));
  const names = oneOf.filter((name) => typeof name === "string");
  const near = nearest(String(ref[pos]?.value ?? ""), names);
  if (near !== undefined)
    return `there is no ${path}; did you mean ${pathOf([...before, { type: "string", value: near }])}?`;
  if (names.length === 0) return `there is no ${path}`;
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `there is no ${path}; ${pathOf(before)} has ${names.slice(0, LISTED).join(", ")}${more}`;
}

function pathOf(terms: readonly Term[]): string {
  return terms
    .map(({ type, value }, index) => {
      if (index === 0) return String(value);
      if (type === "string" && /^[a-z_]\w*$/i.test(String(value))) return `.${value}`;
      return type === "string" ? `[${JSON.stringify(value)}]` : "[…]";
    })
    .join("");
}

async function lineOf(path: string, row: number): Promise<string | undefined> {
  if (row === 0) return undefined;
  const text = await readFile(path, "utf8").catch(() => "");
  const line = text.split("\n")[row - 1]?.trim();
  return line ? line : undefined;
}
