import type { AppliedBaseline, BaselineEntry, Finding, LapsedBaseline } from "./documents.gen.ts";
import { findingId } from "./identity.ts";
import { severities } from "./severity.ts";
import { dayAfter } from "./waiver.ts";

/** The findings accepted as known: what a file says, and for how long. */
export interface Baseline {
  /** Relative to the working directory. */
  file: string;
  /** Days that an entry counts; absent: for good. */
  maxAge?: number;
  /** Each identity once, with the id that its policy has now, in the order of the file. */
  entries: readonly BaselineEntry[];
}

/** As what a finding was accepted, or would be, from harmless to worst. */
export const acceptances = ["unknown", ...severities] as const satisfies readonly BaselineEntry["severity"][];

/** The id of the finding that an entry is about. */
export function entryId({ token, policy, discriminator }: BaselineEntry): string {
  return findingId(token, policy, discriminator);
}

/** As what a finding would be accepted now. */
export function acceptanceOf({ verdict, severity }: Pick<Finding, "verdict" | "severity">): BaselineEntry["severity"] {
  return verdict === "unknown" ? "unknown" : severity;
}

/** Whether a finding is worse than what was accepted: then its entry does not cover it. */
export function isWorse(
  finding: Pick<Finding, "verdict" | "severity">,
  { severity }: Pick<BaselineEntry, "severity">,
): boolean {
  return acceptances.indexOf(acceptanceOf(finding)) > acceptances.indexOf(severity);
}

/** Whether somebody agreed to a waiver since an entry was accepted, and so to the waiver's end. */
export function isOverruled(
  { expired_waiver }: Pick<Finding, "expired_waiver">,
  { accepted }: Pick<BaselineEntry, "accepted">,
): boolean {
  return expired_waiver !== undefined && accepted <= expired_waiver.expires;
}

/** An entry's last day, where it has one: the sooner of its own and that of its age. */
export function lastDay({ accepted, until }: BaselineEntry, maxAge: number | undefined): string | undefined {
  const aged = maxAge === undefined ? undefined : dayAfter(accepted, maxAge);
  return aged !== undefined && (until === undefined || aged < until) ? aged : until;
}

/** Whether somebody has accepted that a finding stands: for now, by a waiver, or as known, in the baseline. */
export function isAccepted({ waived, baseline }: Pick<Finding, "waived" | "baseline">): boolean {
  return waived !== undefined || baseline !== undefined;
}

/** That a finding is in the baseline, in words; undefined: it is not. */
export function knownText({ baseline }: { baseline?: AppliedBaseline }): string | undefined {
  if (!baseline) return undefined;
  const { accepted, until } = baseline;
  return `in the baseline since ${accepted}${until === undefined ? "" : `, until ${until}`}`;
}

/** That a finding counts although the baseline has it, in words; undefined: the baseline has it not. */
export function lapsedText(lapsed: LapsedBaseline | undefined): string | undefined {
  if (!lapsed) return undefined;
  const { accepted, until, severity, because } = lapsed;
  if (because === "expired") return `its entry in the baseline, of ${accepted}, expired on ${until}`;
  return `the baseline has it since ${accepted}, but only as ${severity}`;
}
