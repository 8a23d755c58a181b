import { knownText, lapsedText } from "./baseline.ts";
import type { Finding } from "./documents.gen.ts";
import { expiredText, waivedText } from "./waiver.ts";

/** Why a finding does not count, in words: its waiver, or that it is in the baseline; undefined: it counts. */
export function acceptedText(finding: Pick<Finding, "waived" | "baseline">): string | undefined {
  return waivedText(finding) ?? knownText(finding);
}

/** A finding's message, which also says why it counts again. */
export function messageOf(finding: Finding): string {
  const again = [expiredText(finding), lapsedText(finding.lapsed_baseline)].filter((text) => text !== undefined);
  return [finding.message, ...again].join("; ");
}
