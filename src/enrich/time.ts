import type { Token } from "../model/documents.gen.ts";
import { toEpoch } from "../model/instant.ts";
import type { Facts, Step } from "./step.ts";

/** Lengths in whole seconds, and the status that follows from the expiry. */
export const time = {
  id: "time",
  provides: ["status", "age", "idle", "expires_in", "lifetime", "since_rotation", "since_review", "watched"],
  derive(token, asOf) {
    const facts: Facts = {};
    const now = toEpoch(asOf);
    const created = epoch(token.created);
    const expires = epoch(token.expires);
    const lastUsed = epoch(token.last_used);
    const renewed = lastRenewal(created, token.rotated === null ? null : epoch(token.rotated));
    const status = effectiveStatus(token.status, expires, now);
    if (status) facts.status = status;
    if (created !== undefined) facts.age = now - created;
    if (lastUsed !== undefined) facts.idle = shortestIdle(now - lastUsed, token.precision);
    if (expires !== undefined) facts.expires_in = expires - now;
    if (created !== undefined && expires !== undefined) facts.lifetime = expires - created;
    if (renewed !== undefined) facts.since_rotation = now - renewed;
    if (token.reviewed) facts.since_review = now - toSeconds(token.reviewed);
    if (token.usage) facts.watched = now - toSeconds(token.usage.since);
    return facts;
  },
} as const satisfies Step;

function epoch(instant: string | null | undefined): number | undefined {
  return instant ? toSeconds(instant) : undefined;
}

function toSeconds(instant: string): number {
  const seconds = toEpoch(instant);
  // Not a number would become null on its way to the policies, and a comparison with null passes in silence.
  if (Number.isNaN(seconds)) throw new Error(`"${instant}" came through collection and is no instant`);
  return seconds;
}

/** At `expires` itself the token no longer works; a provider that says active is believed only until then. */
export function effectiveStatus(status: Token["status"], expires: number | undefined, now: number): Facts["status"] {
  const hasEnded = expires !== undefined && expires <= now;
  return hasEnded && (status === "active" || status === undefined) ? "expired" : status;
}

/** A use known only to the day may have been at its end: never claim more idleness than is certain. */
function shortestIdle(idle: number, precision = 1): number {
  return Math.max(Math.min(idle, 0), idle - (precision - 1));
}

/** The later of both instants; while nobody knows whether a secret was replaced, its age is not known either. */
function lastRenewal(created: number | undefined, rotated: number | null | undefined): number | undefined {
  if (rotated === null) return created;
  return rotated === undefined || created === undefined ? rotated : Math.max(created, rotated);
}
