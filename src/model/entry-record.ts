import { createHash } from "node:crypto";
import type { Policy, Token } from "./documents.gen.ts";
import { toEpoch } from "./instant.ts";
import type { Registered } from "./intent.ts";
import { selectorText } from "./waiver.ts";

/** Entries of the register are judged like tokens, as records of this kind. */
export const ENTRY_KIND = "register/entry";

/** Ids have room for a name and, where a selector is longer, for what tells it from others. */
const LONGEST = 700;

/** Whether a record stands for an entry of the register; no source can make one, as facts are never read. */
export function isEntry({ facts }: Pick<Token, "facts">): boolean {
  return (
    facts?.register !== undefined &&
    (facts.register.tokens !== undefined || facts.register.unknown?.tokens !== undefined)
  );
}

/** Whether a policy judges entries of the register, and no tokens. */
export function isOnEntries({ applies_to }: Pick<Policy, "applies_to">): boolean {
  return applies_to.kinds?.includes(ENTRY_KIND) ?? false;
}

/** The file and line of an entry: `tokens.yaml:12`. */
export function placeOf(by: string | undefined): { uri: string; line: number; column: number } | undefined {
  const [, uri = "", line = ""] = /^(.+):(\d+)$/s.exec(by ?? "") ?? [];
  return uri === "" ? undefined : { uri, line: Number(line), column: 1 };
}

/** What is known of the tokens that entries match: how many by position, or why nobody can say that there is none. */
export interface Matched {
  counts: ReadonlyMap<number, number>;
  /** Why a token that matches may have gone unread; absent: all were read. */
  gap?: string | undefined;
}

/** Each entry as a record to be judged. Its id keeps to its file and selector, so that it survives moved lines. */
export function entryRecords(entries: readonly Registered[], { counts, gap }: Matched, asOf: string): Token[] {
  const used = new Map<string, number>();
  return entries.map((entry, index) => {
    const place = placeOf(entry.by) ?? { uri: entry.by, line: 1, column: 1 };
    const name = selectorText(entry.token);
    const base = `register/${shortened(place.uri)}/entry/${shortened(name)}`;
    const before = used.get(base) ?? 0;
    used.set(base, before + 1);
    const tokens = counts.get(index) ?? 0;
    return {
      id: before === 0 ? base : `${base}#${before + 1}`,
      provider: "register",
      account: shortened(place.uri),
      kind: ENTRY_KIND,
      name,
      owner: entry.owner,
      unknown: {},
      facts: {
        register: {
          registered: true,
          by: entry.by,
          owner: entry.owner,
          purpose: entry.purpose,
          ...(tokens === 0 && gap !== undefined ? { unknown: { tokens: gap } } : { tokens }),
          ...overdue(entry, asOf),
        },
      },
    };
  });
}

/** The whole last day counts, in UTC: it is overdue from the second after its last. */
function overdue({ review_by }: Registered, asOf: string): { review_overdue?: number } {
  if (review_by === undefined) return {};
  const late = toEpoch(asOf) - (toEpoch(`${review_by}T00:00:00Z`) + 86_399);
  return late > 0 ? { review_overdue: late } : {};
}

function shortened(text: string): string {
  if (text.length <= LONGEST / 2) return text;
  return `${text.slice(0, LONGEST / 2 - 17)}~${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}
