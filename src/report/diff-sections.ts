import type { Diff, FindingChange, TokenChange } from "../model/documents.gen.ts";
import { number } from "../model/number.ts";
import { counts } from "./counts.ts";
import { capitalised, nameOf } from "./sentence.ts";

/** What differs in one way, in texts that a format still has to clean. */
export interface Section {
  title: string;
  count: number;
  rows: Row[];
}

export interface Row {
  what: string;
  id: string;
  says: string[];
}

/** Rows of a section; the rest is counted. */
const ROWS = 100;

const TOKENS = ["widened", "appeared", "rotated", "unknown", "changed", "narrowed", "vanished"] as const;
const FINDINGS = ["worse", "returned", "new", "unknown", "changed", "better", "accepted", "resolved"] as const;

/** What differs, the most urgent first; a token that differs in several ways stands where it is most urgent. */
export function sectionsOf({ tokens, findings = [] }: Pick<Diff, "tokens" | "findings">, rows = ROWS): Section[] {
  const sections = tokens
    ? TOKENS.map((title) =>
        section(
          { title, rows },
          tokens.filter((token) => mostUrgent(token) === title),
          tokenRow,
        ),
      )
    : FINDINGS.map((title) =>
        section(
          { title, rows },
          findings.filter(({ change }) => change === title),
          findingRow,
        ),
      );
  return sections.filter(({ count }) => count > 0);
}

/** The change by which a token is listed. */
export function mostUrgent({ changes }: TokenChange): (typeof TOKENS)[number] | undefined {
  return TOKENS.find((change) => changes.includes(change));
}

function section<One>(
  { title, rows }: { title: string; rows: number },
  all: readonly One[],
  row: (one: One) => Row,
): Section {
  return { title, count: all.length, rows: all.slice(0, rows).map(row) };
}

function tokenRow(token: TokenChange): Row {
  const { id, kind, replaces, details } = token;
  const says = [...(replaces === undefined ? [] : [`follows ${replaces}`]), ...details.map((one) => one.says)];
  return { what: `${nameOf(token)} (${kind})`, id, says: [...new Set(says)] };
}

function findingRow({ policy, severity, name, token, says }: FindingChange): Row {
  return { what: `${policy} (${severity ?? "unknown"}) ${nameOf({ name, id: token })}`, id: token, says: [says] };
}

/** `old.ndjson (as of …) and new.ndjson (as of …)` */
export function sidesText({ old, new: now }: Diff): string {
  return [old, now].map(({ file, as_of }) => `${file}${as_of ? ` (as of ${as_of})` : ""}`).join(" and ");
}

/** Everything in one line. */
export function diffLine(
  what: "tokens" | "findings",
  { unchanged = 0, uncertain = 0, ...changed }: Diff["summary"],
): string {
  const told = counts({ ...changed, unchanged, "unchanged as far as is known": uncertain });
  return `${what}: ${told || "none on either side"}`;
}

/** Why a difference is not the whole truth; nothing: it is. */
export function doubtTexts({
  incomplete,
  summary,
  doubts = [],
}: Pick<Diff, "incomplete" | "summary" | "doubts">): string[] {
  const differences = number(summary.unknown ?? 0, "difference");
  const unread = `INCOMPLETE: ${differences} may be none, because not everything was read on both sides`;
  return [...(incomplete ? [unread] : []), ...doubts.map(capitalised)];
}
