import { isLeftOut } from "../model/coverage.ts";
import type { Coverage } from "../model/documents.gen.ts";
import { whose } from "./sentence.ts";

/** What one source leaves out for one reason. */
export interface LeftOut {
  /** `not shown by github`, `not asked of github acme`. */
  lead: string;
  subjects: string[];
}

/** What providers show nobody and what was not asked on purpose, each once, however many sources say so. */
export function leftOutBySource(coverage: readonly Coverage[]): LeftOut[] {
  const groups = new Map<string, Set<string>>();
  for (const event of coverage) {
    if (!isLeftOut(event.outcome)) continue;
    const lead = `${event.outcome === "not-asked" ? "not asked of" : "not shown by"} ${whose(event)}`;
    groups.set(lead, (groups.get(lead) ?? new Set()).add(event.subject));
  }
  return [...groups].map(([lead, subjects]) => ({ lead, subjects: [...subjects] }));
}
