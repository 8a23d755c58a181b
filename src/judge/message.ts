import type { Policy } from "../model/documents.gen.ts";
import { exactDuration, formatDuration } from "../model/duration.ts";

/** Longer lists end with a count: a message is one sentence, the evidence has them all. */
const LISTED = 8;

const REASONS: Record<string, string> = {
  "not-exposed": "the provider does not tell",
  denied: "reading it was denied",
  failed: "reading it failed",
  "not-asked": "the source does not say",
  "not-listed": "the directory does not say",
};

/** A policy's message with the values that decided. */
export function failMessage(policy: Policy, evidence: Record<string, unknown>): string {
  const { texts, names } = templateOf(policy);
  const durations = durationTexts(policy.evidence, evidence);
  let message = texts[0] ?? "";
  for (const [index, name] of names.entries()) {
    message += (durations.get(name) ?? print(evidence[name])) + (texts[index + 1] ?? "");
  }
  return message;
}

/** A message in pieces: `names` stand between the `texts`. */
interface Template {
  texts: string[];
  names: string[];
}

const templates = new WeakMap<Policy, Template>();

function templateOf(policy: Policy): Template {
  const known = templates.get(policy);
  if (known) return known;
  const pieces = policy.message.split(/\{(\w+)\}/);
  const template = {
    texts: pieces.filter((_, index) => index % 2 === 0),
    names: pieces.filter((_, index) => index % 2 === 1),
  };
  templates.set(policy, template);
  return template;
}

/** Why no verdict was possible: `created and grants unknown: the provider does not tell`. */
export function unknownMessage(gaps: Record<string, string>): string {
  const byReason = new Map<string, string[]>();
  for (const [field, reason] of Object.entries(gaps)) byReason.set(reason, [...(byReason.get(reason) ?? []), field]);
  const parts = [...byReason].map(
    ([reason, fields]) => `${fields.join(" and ")} unknown: ${REASONS[reason] ?? reason}`,
  );
  return parts.join("; ");
}

/** Two lengths that differ must not read alike, or a limit that was passed by a second would look kept. */
function durationTexts(kinds: Policy["evidence"], evidence: Record<string, unknown>): Map<string, string> {
  const texts = new Map<string, string>();
  const lengths: [name: string, length: number, short: string][] = [];
  for (const name in kinds) {
    const length = evidence[name];
    if (kinds[name] === "duration" && typeof length === "number") lengths.push([name, length, formatDuration(length)]);
  }
  for (const [name, length, short] of lengths) {
    const isAmbiguous = lengths.some(([, other, text]) => other !== length && text === short);
    texts.set(name, isAmbiguous ? exactDuration(length) : short);
  }
  return texts;
}

function print(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : listed(value.map(plain));
  return plain(value);
}

/** A value that the rule did not yield shows as a question mark: it says nothing about the token. */
function plain(value: unknown): string {
  if (value === undefined) return "?";
  if (value === null) return "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, LISTED).join(", ");
  return words.length > LISTED ? `${shown} and ${words.length - LISTED} more` : shown;
}
