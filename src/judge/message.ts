import type { Policy } from "../model/documents.gen.ts";
import { formatDuration } from "../model/duration.ts";

/** Longer lists end with a count: a message is one sentence, the evidence has them all. */
const LISTED = 8;

const REASONS: Record<string, string> = {
  "not-exposed": "the provider does not tell",
  denied: "reading it was denied",
  failed: "reading it failed",
  "not-asked": "the source does not say",
};

/** A policy's message with the values that decided. */
export function failMessage({ message, evidence: kinds }: Policy, evidence: Record<string, unknown>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => print(evidence[name], kinds[name]));
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

function print(value: unknown, kind: Policy["evidence"][string] | undefined): string {
  if (kind === "duration" && typeof value === "number") return formatDuration(value);
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
