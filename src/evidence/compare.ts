import { inReportOrder } from "../gate/index.ts";
import type { Finding } from "../model/documents.gen.ts";
import { parsedJson } from "../model/exact-json.ts";
import { readLines } from "../model/lines.ts";
import { isMapping } from "../model/mapping.ts";
import { shown } from "../model/shown.ts";
import { visible } from "../model/text.ts";

/** The first thing that a second judging told otherwise. */
export interface Difference {
  /** The token, the policy and the field, or the part of the report. */
  where: string;
  /** As the pack has it, and as it came out now. */
  recorded: string;
  again: string;
}

/** Two reports held against each other line by line, however long they are; undefined: they are the same. */
export async function firstDifference(
  recorded: AsyncIterable<Uint8Array>,
  again: AsyncIterable<string>,
): Promise<Difference | undefined> {
  const [one, other] = [readLines(recorded)[Symbol.asyncIterator](), readLines(bytesOf(again))[Symbol.asyncIterator]()];
  let section = "";
  try {
    for (;;) {
      const [first, second] = [await one.next(), await other.next()];
      if (first.done && second.done) return undefined;
      const lines = [first, second].map((line) => (line.done ? undefined : line.value));
      section = /^ {2}"(\w+)":/.exec(lines[0]?.text ?? "")?.[1] ?? section;
      if (!lines[0] || !lines[1] || !lines[0].bytes.length || Buffer.compare(lines[0].bytes, lines[1].bytes) !== 0)
        return between(section, lines[0]?.text, lines[1]?.text);
    }
  } finally {
    await one.return?.();
    await other.return?.();
  }
}

/** The first field in which two values differ, as `token.name`; both are told. */
export function fieldDifference(recorded: unknown, again: unknown, path = ""): Difference | undefined {
  if (isBranch(recorded) && isBranch(again)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(again)]);
    for (const key of keys) {
      const found = fieldDifference(ownOf(recorded, key), ownOf(again, key), path ? `${path}.${key}` : key);
      if (found) return found;
    }
    return undefined;
  }
  if (Object.is(recorded, again)) return undefined;
  return { where: visible(path), recorded: told(recorded), again: told(again) };
}

async function* bytesOf(pieces: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

function between(section: string, one: string | undefined, other: string | undefined): Difference {
  const [recorded, again] = [elementIn(one), elementIn(other)];
  if (section === "findings") return betweenFindings(findingOf(recorded), findingOf(again));
  const field = fieldDifference(recorded, again) ?? { where: "", recorded: told(one), again: told(other) };
  const policy = isMapping(recorded) && isMapping(recorded.policy) ? ` of policy ${told(recorded.policy.id)}` : "";
  return { ...field, where: `${section || "the report"}${policy}${field.where && `: ${field.where}`}` };
}

/** Both stand in the order of reports: the one that comes first is missing on the other side. */
function betweenFindings(recorded: Finding | undefined, again: Finding | undefined): Difference {
  if (recorded && again && recorded.id === again.id) {
    const field = fieldDifference(recorded, again) ?? { where: "", recorded: "other bytes", again: "the same values" };
    return { ...field, where: `${nameOf(recorded)}: ${field.where || "how it is written"}` };
  }
  const isMissing = recorded && (!again || inReportOrder(recorded, again) < 0);
  if (isMissing) return { where: nameOf(recorded), recorded: recorded.verdict, again: "no such finding" };
  if (again) return { where: nameOf(again), recorded: "no such finding", again: again.verdict };
  return { where: "findings", recorded: "something that is no finding", again: "no such finding" };
}

function nameOf({ token, policy }: Finding): string {
  return visible(`token ${token.id}, policy ${policy}`);
}

/** The element that stands on a line of its own, or what follows a key. */
function elementIn(line: string | undefined): unknown {
  return parsedJson((line ?? "").replace(/^ {2}"\w+": /, "").replace(/,?\s*$/, ""));
}

function findingOf(value: unknown): Finding | undefined {
  const isFinding = isMapping(value) && typeof value.policy === "string" && typeof value.id === "string";
  if (!isFinding || !isMapping(value.token) || typeof value.token.id !== "string") return undefined;
  return value as unknown as Finding;
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function ownOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function told(value: unknown): string {
  return value === undefined ? "nothing" : shown(value);
}
