import type { Coverage } from "../model/documents.gen.ts";
import { TokenwardError } from "../model/errors.ts";
import type { Refused } from "../net/http.ts";

/** What was asked: of whom, and what. */
export type Asked = Pick<Coverage, "source" | "subject"> & { account?: string };

/** What a reply that brought nothing means for the run: absent counts as denied, because most providers hide what one may not see. */
export function gap(asked: Asked, refused: Refused, items = 0): Coverage {
  const { detail, remedy } = refused;
  return { ...asked, outcome: reasonOf(refused), items, detail, remedy };
}

/** The same as the reason of fields that the reply would have told. */
export function reasonOf({ outcome }: Pick<Refused, "outcome">): "denied" | "failed" {
  return outcome === "failed" ? "failed" : "denied";
}

/** A refusal with the right that is missing as its remedy; what failed keeps the one it came with. */
export function withRemedy(refused: Refused, remedy: string): Refused {
  return refused.outcome === "failed" ? refused : { ...refused, remedy };
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
