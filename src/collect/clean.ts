import type { Coverage, Token } from "../model/documents.gen.ts";
import { maskSecrets, mayHoldSecret } from "../model/mask.ts";

/** A token whose every text is well-formed Unicode without a secret; what identifies it and where it stands is only made well-formed. */
export function cleanToken(token: Token): Token {
  // Most records have nothing to clean, and one look at the whole of them tells. JSON spells out broken Unicode.
  const text = JSON.stringify(token);
  if (!text.includes("\\ud") && !mayHoldSecret(text)) return token;
  const { id, provider, account, kind, location } = token;
  const kept = { id, provider, account, kind, ...(location ? { location } : {}) };
  return { ...mapTexts(token, clean), ...mapTexts(kept, (text) => text.toWellFormed()) };
}

export function cleanCoverage(coverage: Coverage): Coverage {
  const { location } = coverage;
  return { ...mapTexts(coverage, clean), ...(location ? { location } : {}) };
}

/** The same of anything that is told. */
export function cleanTexts<Value>(value: Value): Value {
  return mapTexts(value, clean);
}

function clean(text: string): string {
  return maskSecrets(text.toWellFormed());
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value;
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}
