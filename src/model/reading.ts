import { isGap } from "./coverage.ts";
import type { Coverage } from "./documents.gen.ts";
import { idPrefix } from "./identity.ts";

/** The provider that a source reads; what is not listed here may give tokens of any. */
const GIVES: Readonly<Record<string, string>> = {
  aws: "aws",
  github: "github",
  gitlab: "gitlab",
  workflows: "github",
};

/** What one provider's sources told: of which accounts something was read, and what of them was not. */
interface Told {
  isAsked: boolean;
  /** A gap that may hide tokens of any account. */
  isOpen: boolean;
  hasGaps: boolean;
  read: Set<string>;
  gaps: Set<string>;
}

/**
 * Whether a token would have been seen, as a question to ask again and again: its source was asked and told all of its
 * account. Where it was not, a token that is not there need not be gone.
 */
export function wasRead(coverage: readonly Coverage[]): (token: string) => boolean {
  const byProvider = new Map<string, Told>();
  const wide = emptyTold();
  for (const event of coverage) {
    const provider = GIVES[event.source];
    if (provider === undefined) note(event, wide, undefined);
    else {
      const told = byProvider.get(provider) ?? emptyTold();
      byProvider.set(provider, told);
      note(event, told, provider);
    }
  }
  return (token) => {
    const told = byProvider.get(token.slice(0, token.indexOf("/")));
    if (wide.isOpen || told?.isOpen || !(wide.isAsked || told?.isAsked)) return false;
    if (!told?.hasGaps) return true;
    const prefixes = prefixesOf(token);
    if (prefixes.some((prefix) => told.gaps.has(prefix))) return false;
    return prefixes.some((prefix) => told.read.has(prefix));
  };
}

function emptyTold(): Told {
  return { isAsked: false, isOpen: false, hasGaps: false, read: new Set(), gaps: new Set() };
}

function note({ outcome, account }: Coverage, told: Told, provider: string | undefined): void {
  const hasGap = isGap(outcome);
  told.isAsked = true;
  told.hasGaps ||= hasGap;
  if (hasGap && (account === undefined || provider === undefined)) told.isOpen = true;
  if (account === undefined || provider === undefined) return;
  (hasGap ? told.gaps : told.read).add(idPrefix(provider, account));
}

/** An account may hold slashes: every beginning of an id may be that of an account's tokens. */
function prefixesOf(token: string): string[] {
  const prefixes: string[] = [];
  for (let at = token.indexOf("/"); at !== -1; at = token.indexOf("/", at + 1)) prefixes.push(token.slice(0, at));
  return prefixes;
}
