import type { AppliedWaiver, Finding, TokenSelector, ToldWaiver } from "./documents.gen.ts";

/** An entry of the file of waivers, as every thread gets it. */
export type Waiver = Omit<ToldWaiver, "expired" | "findings">;

/** No exception is for longer than a year; then somebody has to agree again. */
export const LONGEST_WAIVER = 365;

/** Whether a waiver's last day is past. The whole day counts, in UTC, which is the zone of every as-of instant. */
export function isExpired({ expires }: Pick<Waiver, "expires">, asOf: string): boolean {
  return expires < asOf.slice(0, 10);
}

/** The day so many days after that of an instant. */
export function dayAfter(asOf: string, days: number): string {
  return new Date(Date.parse(asOf.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What a finding tells of the waiver that covers it, or did. */
export function applied({ by, reason, owner, approver, expires }: Waiver): AppliedWaiver {
  return { by, reason, owner, approver, expires };
}

/** Which tokens a waiver or a rule is for, in words. */
export function selectorText(token: TokenSelector): string {
  if (typeof token === "string") return token;
  return Object.entries(token)
    .map(([field, pattern]) => `${field} ${typeof pattern === "string" ? pattern : labelsText(pattern)}`)
    .join(", ");
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, pattern]) => `${name}=${pattern}`)
    .join(" and ");
}

/** Why a finding does not count, in words; undefined: it counts. */
export function waivedText({ waived }: Pick<Finding, "waived">): string | undefined {
  return waived && `waived until ${waived.expires}: ${consentText(waived)}`;
}

/** Why somebody agreed, who did, and where it is written. */
export function consentText({ by, reason, owner, approver }: Omit<AppliedWaiver, "expires">): string {
  return `${reason}; owner ${owner}, approved by ${approver} (${by})`;
}

/** That a finding counts again, in words; undefined: no waiver of it has expired. */
export function expiredText({ expired_waiver }: Pick<Finding, "expired_waiver">): string | undefined {
  return expired_waiver && `its waiver ${expired_waiver.by} expired on ${expired_waiver.expires}`;
}
