import { createHash } from "node:crypto";
import type { Coverage, InventoryEnd, InventoryHeader, Token } from "./documents.gen.ts";
import { TokenwardError } from "./errors.ts";
import { readExact } from "./exact-json.ts";
import { toEpoch } from "./instant.ts";
import { unaccounted } from "./invariant.ts";
import { type Line, readLines } from "./lines.ts";
import { isMapping } from "./mapping.ts";
import { faultsIn, isValid } from "./validate.ts";

/** What an inventory holds, with its line; a fault is something that could not be read, and makes the reading incomplete. */
export type InventoryEvent = { line: number } & (
  | { header: InventoryHeader }
  | { token: Token }
  | { coverage: Coverage }
  | { fault: TokenwardError }
);

/** The content of an inventory, and everything that says it is not whole: nothing is left out without a fault. */
export function readInventory(chunks: AsyncIterable<Uint8Array>): AsyncIterable<InventoryEvent> {
  return readInventoryLines(readLines(chunks));
}

/** As `readInventory`, where somebody has already looked at the lines. */
export async function* readInventoryLines(lines: AsyncIterable<Line>): AsyncIterable<InventoryEvent> {
  const state: State = { hash: createHash("sha256"), tokens: 0, coverage: 0, started: false, isHashable: true };
  let last = 1;
  for await (const line of lines) {
    last = line.number;
    if (state.end) {
      yield { line: last, fault: new TokenwardError("INVENTORY_LINE", { reason: "it stands after the end line" }) };
      return;
    }
    for (const event of eventsOf(line, state)) {
      yield { line: line.number, ...event };
      if (!state.started) return;
    }
  }
  if (!state.started) yield { line: 1, fault: new TokenwardError("INVENTORY_HEADER", { found: "empty" }) };
  else if (!state.end) yield { line: last, fault: new TokenwardError("INVENTORY_CUT_OFF", { tokens: state.tokens }) };
}

interface State {
  hash: ReturnType<typeof createHash>;
  tokens: number;
  coverage: number;
  started: boolean;
  /** A line too long to keep leaves nothing to compare the hash with. */
  isHashable: boolean;
  end?: InventoryEnd;
}

type Event = { header: InventoryHeader } | { token: Token } | { coverage: Coverage } | { fault: TokenwardError };

function eventsOf(line: Line, state: State): Event[] {
  const content = parse(line);
  if (!state.started) return [open(content, line, state)];
  if (isMapping(content) && "end" in content) return close(content, state);
  state.hash.update(line.bytes);
  state.isHashable &&= line.fault !== "too-long";
  if (isMapping(content)) {
    state.tokens += Number("token" in content);
    state.coverage += Number("coverage" in content);
  }
  return [told(content, line)];
}

function open(content: unknown, line: Line, state: State): Event {
  const header = isMapping(content) ? content.header : undefined;
  if (!isMapping(header)) return fault("INVENTORY_HEADER", { found: line.fault ?? "something else" });
  const version = header.schema_version;
  if (version !== 1) return fault("INVENTORY_VERSION", { found: JSON.stringify(version) ?? "unknown" });
  if (!isValid("inventory", content) || !content.header) return fault("INVENTORY_LINE", { reason: reasonOf(content) });
  state.hash.update(line.bytes);
  state.started = true;
  return { header: content.header };
}

function told(content: unknown, line: Line): Event {
  if (content === undefined) return fault("INVENTORY_LINE", { reason: wordOf(line) });
  if (!isValid("inventory", content)) return fault("INVENTORY_LINE", { reason: reasonOf(content) });
  if (content.coverage) return { coverage: content.coverage };
  if (!content.token) return fault("INVENTORY_LINE", { reason: "a second header" });
  const gaps = content.token.facts
    ? ["facts are never stored"]
    : [...unaccounted(content.token), ...noDates(content.token)];
  return gaps.length > 0 ? fault("INVENTORY_LINE", { reason: gaps.join("; ") }) : { token: content.token };
}

/** The schema knows the form of an instant, not the calendar. */
function noDates(token: Token): string[] {
  return instantFields.flatMap((field) => {
    const instant = token[field];
    return instant && Number.isNaN(toEpoch(instant)) ? [`${field} is ${instant}, which is no date`] : [];
  });
}

const instantFields = ["created", "rotated", "expires", "last_used"] as const;

function close(content: unknown, state: State): Event[] {
  state.end = { tokens: 0, coverage: 0, sha256: "" };
  if (!isValid("inventory", content) || !content.end) return [fault("INVENTORY_LINE", { reason: reasonOf(content) })];
  state.end = content.end;
  const reason = contradiction(content.end, state);
  return reason === undefined ? [] : [fault("INVENTORY_CHANGED", { reason })];
}

function contradiction(end: InventoryEnd, { hash, tokens, coverage, isHashable }: State): string | undefined {
  if (end.tokens !== tokens) return `its end line counts ${end.tokens} tokens, ${tokens} are there`;
  if (end.coverage !== coverage) return `its end line counts ${end.coverage} coverage lines, ${coverage} are there`;
  const found = hash.digest("hex");
  if (!isHashable || found === end.sha256) return undefined;
  return `its SHA-256 is ${found}, its end line says ${end.sha256}`;
}

/** A line that does not read back as it was written (repeated keys, numbers out of range, other spacing) is not ours. */
function parse({ text, fault: broken }: Line): unknown {
  return broken ? undefined : readExact(text);
}

function wordOf({ text, fault: broken }: Line): string {
  if (broken === "too-long") return "it is too long";
  if (broken === "not-utf8") return "it is not UTF-8 text";
  return text.trim() === "" ? "it is blank" : "it is not the JSON that tokenward writes";
}

function reasonOf(content: unknown): string {
  const [first] = faultsIn("inventory", content);
  return first ? `${first.path} ${first.message}`.trim() : "a header is expected";
}

function fault<Code extends "INVENTORY_HEADER" | "INVENTORY_VERSION" | "INVENTORY_LINE" | "INVENTORY_CHANGED">(
  code: Code,
  facts: ConstructorParameters<typeof TokenwardError<Code>>[1],
): Event {
  return { fault: new TokenwardError(code, facts) };
}
