import type { Coverage, Token } from "../model/documents.gen.ts";
import { mapTexts } from "../model/map-texts.ts";
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
