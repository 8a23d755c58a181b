import type { Coverage } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Refused } from "../net/http.ts";

/** What was asked: of whom, and what. */
export type Asked = Pick<Coverage, "source" | "subject"> & { account?: string };

/** What a reply that brought nothing means for the run: absent counts as denied, because most providers hide what one may not see. */
export function gap(asked: Asked, { outcome, detail, remedy }: Refused, items = 0): Coverage {
  return { ...asked, outcome: outcome === "failed" ? "failed" : "denied", items, detail, remedy };
}

/** A listing that was read to its end. */
export function listed(asked: Asked, items: number): Coverage {
  return { ...asked, outcome: items === 0 ? "empty" : "read", items };
}

/** What an error means for the run. */
export function failure({ message: detail, remedy }: TokenwardError, asked: Asked, items = 0): Coverage {
  return gap(asked, { outcome: "failed", detail, remedy }, items);
}

/** An error that is to be told; a bug is thrown on. */
export function expected(error: unknown): TokenwardError {
  if (error instanceof TokenwardError) return error;
  throw error;
}
