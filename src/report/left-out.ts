import { isLeftOut } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";

/** What one source leaves out for one reason. */
export interface LeftOut {
  /** `not shown by github`, `not asked of github acme`. */
  lead: string;
  subjects: string[];
}

/** What providers show nobody and what was not asked on purpose, each once, however many sources say so. */
export function leftOutBySource(coverage: readonly Coverage[]): LeftOut[] {
  const groups = new Map<string, Set<string>>();
  for (const { source, account, subject, outcome } of coverage) {
    if (!isLeftOut(outcome)) continue;
    const whose = [source, account].filter((part) => part !== undefined).join(" ");
    const lead = `${outcome === "not-asked" ? "not asked of" : "not shown by"} ${whose}`;
    groups.set(lead, (groups.get(lead) ?? new Set()).add(subject));
  }
  return [...groups].map(([lead, subjects]) => ({ lead, subjects: [...subjects] }));
}
