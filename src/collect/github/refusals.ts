import type { Coverage } from "../../model/documents.gen.ts";
import { shown } from "../../model/shown.ts";
import type { Refused } from "../../net/http.ts";
import { gap, reasonOf } from "../gap.ts";
import type { Estate } from "./estate.ts";
import type { Family } from "./families.ts";
import type { Ending } from "./listing.ts";
import { remedyFor } from "./remedy.ts";

/** Refusals of one question that is asked of many things: counted, and told in two lines at most. */
export interface Refusals {
  add(refused: Refused, of: string): void;
  told(estate: Pick<Estate, "account" | "holder">, family: Family, subject: string): Coverage[];
}

interface Count {
  count: number;
  first: Refused;
  of: string[];
}

/** Names that a line tells. */
const NAMED = 3;

export function refusals(): Refusals {
  const counts = new Map<"denied" | "failed", Count>();
  return {
    add(refused, of) {
      const outcome = reasonOf(refused);
      const known = counts.get(outcome);
      if (!known) counts.set(outcome, { count: 1, first: refused, of: [of] });
      else {
        known.count += 1;
        if (known.of.length < NAMED) known.of.push(of);
      }
    },
    told: (estate, family, subject) =>
      [...counts].map(([, { count, first, of }]) => {
        const asked = { source: "github", account: estate.account, subject };
        const more = count > of.length ? ` and ${count - of.length} more` : "";
        const detail = `${first.detail}; so it was for ${of.map((name) => shown(name)).join(", ")}${more}`;
        return gap(asked, { ...first, detail, remedy: remedyFor(estate.holder, family, first) });
      }),
  };
}

/** What is left of a detail once it was read: the first thing that went wrong. */
export function faultOf({ refused, strange }: Ending, path: string): Refused | undefined {
  if (refused || strange === 0) return refused;
  const detail = `GET ${path} answered ${strange} records without an id`;
  return { outcome: "failed", detail, remedy: "update tokenward" };
}
