import type { Report } from "./documents.gen.ts";
import { TokenwardError } from "./errors.ts";
import type { Result } from "./flow.ts";
import { type Fault, faultsIn, isValid } from "./validate.ts";

/** A saved report of more UTF-16 units is refused before it is parsed: about a million findings. */
export const LONGEST_REPORT = 400_000_000;
/** Evidence is free in form; nothing tokenward writes nests deeper. */
const DEEPEST = 64;
const FAULTS_TOLD = 20;

/** A saved JSON report as a result again: checked whole, because every format trusts what it is given. */
export function parseReport(text: string, uri: string): Result {
  if (text.length > LONGEST_REPORT)
    throw new TokenwardError("REPORT_TOO_LARGE", { uri, size: text.length, limit: LONGEST_REPORT });
  const value = parse(text, uri);
  const danger = dangerIn(value);
  if (danger) throw invalid([danger], uri);
  if (!isValid("report", value)) throw invalid(faultsIn("report", value).map(faultLine), uri);
  const faults = contradictionsIn(value);
  if (faults.length > 0) throw invalid(faults, uri);
  const { findings, ...head } = value;
  return { head, findings };
}

function parse(text: string, uri: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TokenwardError("REPORT_NOT_JSON", { uri, ...positionOf(cause, text) }, { cause });
  }
}

/** V8 tells an offset for some faults only, and quotes the text for others: the offset is all that is taken from it. */
function positionOf(cause: unknown, text: string): { line?: number; column?: number } {
  const isCutOff = cause instanceof Error && /end of JSON input|Unterminated/.test(cause.message);
  const offset = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined;
  if (offset === undefined && !isCutOff) return {};
  const before = text.slice(0, offset === undefined ? text.length : Number(offset)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `__proto__` would turn into a prototype where a key is assigned; bottomless nesting would exhaust the stack of who writes it. */
export function dangerIn(value: unknown): string | undefined {
  const open = [{ value, path: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, depth } = next;
    if (depth > DEEPEST) return `${path.slice(0, 200)}…: nested deeper than ${DEEPEST} levels`;
    const inner = entriesOf(next.value);
    if (inner.some(([key]) => key === "__proto__")) return `${path}/__proto__: a key of this name is not allowed`;
    for (const [key, member] of inner) open.push({ value: member, path: `${path}/${key}`, depth: depth + 1 });
  }
  return undefined;
}

/** Members that may hold members themselves; and any under the name that is looked for. */
function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).filter(([key, member]) => typeof member === "object" || key === "__proto__");
}

/** What the schema cannot say: a policy or a finding stands once, and a finding's policy is listed. */
function contradictionsIn({ policies, findings }: Report): string[] {
  const known = new Set<string>();
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const [index, { policy }] of policies.entries()) {
    if (known.has(policy.id)) faults.push(`/policies/${index}/policy/id: "${policy.id}" is listed twice`);
    known.add(policy.id);
  }
  for (const [index, { id, policy }] of findings.entries()) {
    if (!known.has(policy)) faults.push(`/findings/${index}/policy: "${policy}" is not among the report's policies`);
    if (seen.has(id)) faults.push(`/findings/${index}/id: "${id}" is listed twice`);
    seen.add(id);
  }
  return faults;
}

function faultLine({ path, message, params }: Fault): string {
  const allowed = params.allowedValues ?? params.allowedValue;
  const named = params.additionalProperty ?? (Array.isArray(allowed) ? allowed.join(", ") : allowed);
  return `${path || "the document"}: ${message}${named === undefined ? "" : ` (${String(named)})`}`;
}

function invalid(faults: readonly string[], uri: string): TokenwardError {
  const left = faults.length - FAULTS_TOLD;
  const told = [...faults.slice(0, FAULTS_TOLD), ...(left > 0 ? [`and ${left} more`] : [])];
  return new TokenwardError("REPORT_INVALID", { uri, faults: told.map((line) => `  ${line}`).join("\n") });
}
