import { maskSecrets } from "./mask.ts";
import { visible } from "./text.ts";

const LONGEST = 60;
/** Looked at before it is cut, or half a secret would no longer look like one. */
const LONGEST_MASKED = 4_096;

/** A value from outside as an error may quote it: secrets masked, cut short, nothing in it that a terminal obeys. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${visible(shorten(maskSecrets(value.slice(0, LONGEST_MASKED))))}"`;
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "a list" : "a mapping";
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
