import type { Coverage } from "../model/documents.gen.ts";
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
