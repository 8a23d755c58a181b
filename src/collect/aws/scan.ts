import type { Coverage, Token } from "../../model/documents.gen.ts";
import { shown } from "../../model/shown.ts";
import { listed } from "../gap.ts";
import type { Context } from "../provider.ts";
import { garbled, type No, reasonOf } from "./ask.ts";
import { type AwsConfig, SOURCE } from "./config.ts";
import type { Session } from "./session.ts";

/** One account that is being read. */
export interface Scan {
  account: string;
  config: AwsConfig;
  context: Pick<Context, "asOf">;
  session: Session;
  notes: Notes;
}

/** What was read and what was not, by subject: a thousand refusals of one sort are one line. */
export interface Notes {
  count(subject: string, tokens: number, pages?: number): void;
  /** `about`: whom of many it concerns. */
  refuse(subject: string, no: No, about?: string): void;
  close(): Coverage[];
}

/** Coverage in the order in which its subjects came up. */
export function openNotes(account: string): Notes {
  const counts = new Map<string, { items: number; pages: number }>();
  const refusals = new Map<string, { subject: string; no: No; about: string | undefined; times: number }>();
  return {
    count(subject, tokens, pages = 0) {
      const so = counts.get(subject) ?? { items: 0, pages: 0 };
      counts.set(subject, { items: so.items + tokens, pages: so.pages + pages });
    },
    refuse(subject, no, about) {
      const key = `${subject} ${no.outcome} ${no.code ?? ""}`;
      const so = refusals.get(key);
      // Users are read side by side: which of them is named must not depend on who came first.
      const isFirst = so === undefined || (about ?? "") < (so.about ?? "");
      refusals.set(key, { ...(isFirst ? { subject, no, about } : so), times: (so?.times ?? 0) + 1 });
    },
    close() {
      const read = [...counts].map(
        ([subject, { items, pages }]): Coverage => ({
          ...listed({ source: SOURCE, account, subject }, items),
          ...(pages > 0 ? { pages } : {}),
        }),
      );
      const refused = [...refusals]
        .sort(byKey)
        .map(([, { subject, no, about, times }]) => gapOf(account, withWhom(subject, about, times), no));
      return [...read, ...refused];
    },
  };
}

/** What was refused; without an account where nobody knows it. */
export function gapOf(account: string | undefined, subject: string, no: No): Coverage {
  const whose = account === undefined ? {} : { account };
  return { source: SOURCE, ...whose, subject, outcome: reasonOf(no), items: 0, detail: no.detail, remedy: no.remedy };
}

export function notAsked(account: string, subject: string, detail: string): Coverage {
  return { source: SOURCE, account, subject, outcome: "not-asked", items: 0, detail };
}

/** Whether an id can stand in a token's identity; what has none is told as a record that could not be read. */
export function isNative(id: string | undefined): id is string {
  return id !== undefined && /^[\w.@=+,-]{1,256}$/.test(id);
}

export function strange(action: string, id: unknown): No {
  return garbled(`${action} listed something under the id ${shown(id)}, which is none`);
}

/** The end of an id, by which people know it again. */
export function named(
  user: string,
  id: string,
): Pick<Token, "name"> & { fingerprint: { key_id: string; suffix: string } } {
  const suffix = id.slice(-4);
  return { name: `${user} (…${suffix})`, fingerprint: { key_id: id, suffix } };
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function withWhom(subject: string, about: string | undefined, times: number): string {
  if (about === undefined) return subject;
  const others = times > 1 ? ` and ${times - 1} more` : "";
  return `${subject} of ${shown(about)}${others}`;
}
