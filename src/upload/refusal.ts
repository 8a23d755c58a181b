import { TokenwardError } from "../model/errors.ts";
import type { Refused } from "../net/http.ts";

/** Statuses of which the next day may have another. */
const PASSING: readonly number[] = [408, 425, 429];

/** Whether the request may have arrived, or may yet: the server refused nothing for good. */
export function isUnsure({ status = 0, outcome, detail }: Refused): boolean {
  if (status < 300 || status >= 500 || PASSING.includes(status)) return true;
  // A 403 that means "not now" is a failure, not a denial, once it was waited for.
  return status === 403 && (outcome === "failed" || /rate limit/i.test(detail));
}

export function unsure(what: string, { detail, remedy }: Pick<Refused, "detail" | "remedy">): TokenwardError {
  return new TokenwardError("UPLOAD_UNSURE", { what, detail, remedy });
}
