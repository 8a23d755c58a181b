import { countGaps } from "../model/coverage.ts";
import type { Head } from "../model/flow.ts";
import { number } from "../model/number.ts";
import { NAME_SOURCES } from "./sentence.ts";

interface Assurance {
  text: string;
  style: "medium" | "pass";
  fix?: string;
}

/** What may be said of a run without failures: never more than what was read and known. */
export function assuranceOf({ summary, gate, shard }: Head): Assurance | undefined {
  const { tokens, verdicts, coverage } = summary;
  if (tokens === 0 && shard) return { style: "medium", text: "No token is in this shard, so nothing was judged." };
  if (tokens === 0) {
    const nothing = { style: "medium", text: "Nothing was collected, so nothing was judged." } as const;
    // Where a read was refused or failed, what to do stands beside it.
    return countGaps(coverage) > 0 ? nothing : { ...nothing, fix: NAME_SOURCES };
  }
  if (gate.incomplete && countGaps(coverage) === 0)
    return { style: "medium", text: "INCOMPLETE  fields of some tokens could not be read: see UNKNOWN above" };
  if (verdicts.fail > 0 || verdicts.unknown > 0 || gate.incomplete) return undefined;
  if (verdicts.pass === 0) return { style: "medium", text: "No policy applies to these tokens." };
  return { style: "pass", text: `PASS  every policy that applies to the ${number(tokens, "token")} passes` };
}
