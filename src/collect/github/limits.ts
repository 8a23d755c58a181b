import type { Connection } from "../../net/http.ts";

const MINUTE = 60_000;

/** GitHub's own way to ask for patience: a spent budget with the second at which it is filled again. */
export const pace: NonNullable<Connection["pace"]> = ({ status, headers, now }) => {
  if (isSpent(headers)) return Math.max(0, Number(headers.get("x-ratelimit-reset")) * 1_000 - now) + 1_000;
  return status === 429 && !headers.has("retry-after") ? MINUTE : undefined;
};

/** A 403 may mean "not now"; GraphQL says so with status 200. */
export const isThrottled: NonNullable<Connection["isThrottled"]> = ({ status, headers, text }) => {
  if (status === 429) return true;
  if (status === 200) return text.length < LONGEST_REFUSAL && /"type"\s*:\s*"RATE_LIMITED"/.test(text);
  if (status !== 403) return false;
  return isSpent(headers) || headers.has("retry-after") || /rate limit|abuse detection/i.test(text);
};

const LONGEST_REFUSAL = 4_096;

function isSpent(headers: Headers): boolean {
  return headers.get("x-ratelimit-remaining") === "0" && /^\d+$/.test(headers.get("x-ratelimit-reset") ?? "");
}
