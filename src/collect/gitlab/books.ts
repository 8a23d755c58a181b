import type { Coverage, Token } from "../../model/documents.gen.ts";
import type { Collected } from "../../model/flow.ts";
import { type Asked, gap, listed, withRemedy } from "../gap.ts";
import { ID } from "./config.ts";
import { KINDS } from "./kinds.ts";
import type { Listing, Reading } from "./list.ts";

/** What was asked and how GitLab answered: gaps are told one by one, what was read as one line for each kind of listing. */
export interface Books {
  /** What has to be told at once of a reading: its tokens, then its gaps. */
  note(reading: Reading): Collected[];
  /** What was read, and the gaps that were only counted. */
  close(): Collected[];
}

interface Sum {
  listing: Listing;
  items: number;
  pages: number;
  units: number;
  gaps: number;
}

/** Past this many gaps in one kind of listing, they are only counted: they have one cause. */
const GAPS_TOLD = 100;

/** Runners are listed again by every group and project that they serve; the ids of those that were told are kept for all books of a run. */
export function openBooks(account: string, runners: Set<string>): Books {
  const sums = new Map<string, Sum>();

  const sumOf = (listing: Listing): Sum => {
    const known = sums.get(listing.what);
    if (known && known.listing.name === listing.name) return known;
    const sum = known ?? { listing, items: 0, pages: 0, units: 0, gaps: 0 };
    Object.assign(sum, { listing, units: sum.units + 1 });
    sums.set(listing.what, sum);
    return sum;
  };

  return {
    note(reading) {
      const sum = sumOf(reading.listing);
      const tokens = reading.tokens.filter((token) => isFirst(token, runners));
      sum.items += tokens.length;
      sum.pages += reading.pages;
      const lines = gapsIn(reading, askedOf(reading.listing, account));
      sum.gaps += lines.length;
      const told = sum.gaps > GAPS_TOLD ? [] : lines;
      return [...tokens.map((token) => ({ token })), ...told.map((coverage) => ({ coverage }))];
    },
    close: () => [...sums.values()].flatMap((sum) => summary(sum, account)).map((coverage) => ({ coverage })),
  };
}

function isFirst({ kind, id }: Token, runners: Set<string>): boolean {
  if (kind !== KINDS.runner) return true;
  const native = id.slice(id.lastIndexOf("/") + 1);
  return !runners.has(native) && runners.add(native).size > 0;
}

function gapsIn({ listing, refused, broken, unsorted = 0 }: Reading, asked: Asked): Coverage[] {
  const lines: Coverage[] = [];
  if (refused) {
    const { need, unit, name } = listing;
    lines.push(gap(asked, withRemedy(refused, `give the credential ${need} in the ${unit} ${name}`)));
  }
  if (broken > 0) {
    const detail = `${broken} ${broken === 1 ? "record has" : "records have"} no id and cannot be told apart`;
    lines.push({ ...asked, outcome: "failed", items: 0, detail, remedy: "check that base_url is a GitLab server" });
  }
  if (unsorted > 0) {
    const detail = `${unsorted} of them are left out: who they belong to, or who made them, could not be read`;
    lines.push({
      ...asked,
      outcome: "failed",
      items: 0,
      detail,
      remedy: "see what is told of users and impersonation tokens",
    });
  }
  return lines;
}

function summary({ listing, items, pages, units, gaps }: Sum, account: string): Coverage[] {
  const { what, unit } = listing;
  const lines: Coverage[] = [];
  if (pages > 0) {
    const asked =
      units === 1 ? askedOf(listing, account) : { ...source(account), subject: `${what} of ${units} ${unit}s` };
    lines.push({ ...listed(asked, items), pages });
  }
  if (gaps > GAPS_TOLD) {
    const detail = `${gaps - GAPS_TOLD} more of these listings could not be read`;
    const remedy = `see what is told of the first ${GAPS_TOLD}`;
    lines.push({ ...source(account), subject: what, outcome: "failed", items: 0, detail, remedy });
  }
  return lines;
}

function askedOf({ what, unit, name }: Listing, account: string): Asked {
  return { ...source(account), subject: `${what} of the ${unit} ${name}`.slice(0, 4_096) };
}

function source(account: string): { source: string; account: string } {
  return { source: ID, account: account.slice(0, 512) };
}
