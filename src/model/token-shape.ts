import type { Shape, Token } from "./documents.gen.ts";

const DAY = 86_400;
const WEEKS_TOLD = 12;

/** A band that a length of time falls into: up to and with so many seconds. */
interface Band {
  id: string;
  until: number;
}

export const breadths = ["full", "broad", "limited", "narrow", "unknown"] as const;

const upTo = (days: number): Band => ({ id: `${days}d`, until: days * DAY });
const longer: Band = { id: "longer", until: Number.POSITIVE_INFINITY };
const lifetimeBands: readonly Band[] = [...[1, 7, 30, 90, 365].map(upTo), longer];
const ageBands: readonly Band[] = [...[7, 30, 90, 180, 365, 730].map(upTo), longer];
const weeks = Array.from({ length: WEEKS_TOLD }, (_, index) => upTo((index + 1) * 7));
const expiryBands: readonly Band[] = [{ id: "expired", until: 0 }, ...weeks, upTo(182), upTo(365), longer];

const idsOf = (bands: readonly Band[]): string[] => bands.map(({ id }) => id);
export const lifetimes = [...idsOf(lifetimeBands), "never", "unknown"];
export const ages = [...idsOf(ageBands), "unknown"];
export const expiries = [...idsOf(expiryBands), "never", "unknown"];

const EXPIRIES_FROM = breadths.length * lifetimes.length;
const AGES_FROM = EXPIRIES_FROM + expiries.length;

/** A count for every cell of a shape, in one row: rows of two runs are added up cell by cell. */
export function noCells(): number[] {
  return new Array<number>(AGES_FROM + ages.length).fill(0);
}

/** Counts a token, once in the grid, once by its end and once by its age; what is not known has cells of its own. */
export function countIn(cells: number[], { facts, expires }: Pick<Token, "facts" | "expires">): void {
  const known = breadths.indexOf(facts?.breadth ?? "unknown");
  const grid = known * lifetimes.length + bandOf(facts?.lifetime, lifetimeBands, expires === null);
  const end = EXPIRIES_FROM + bandOf(facts?.expires_in, expiryBands, expires === null);
  const age = AGES_FROM + Math.min(bandOf(facts?.age, ageBands, false), ages.length - 1);
  for (const at of [grid, end, age]) cells[at] = (cells[at] ?? 0) + 1;
}

/** The index of a length of time: behind all bands stand `never` and `unknown`. */
function bandOf(length: number | undefined, bands: readonly Band[], isNever: boolean): number {
  if (isNever) return bands.length;
  if (length === undefined) return bands.length + 1;
  let at = 0;
  while (length > (bands[at]?.until ?? Number.POSITIVE_INFINITY)) at += 1;
  return at;
}

/** Cells as a document: only those that count something. */
export function shapeOf(cells: readonly number[]): Shape {
  const grid = breadths.map((breadth, row) => {
    const from = row * lifetimes.length;
    return [breadth, counted(lifetimes, cells.slice(from, from + lifetimes.length))] as const;
  });
  return {
    lifetimes: Object.fromEntries(grid.filter(([, row]) => Object.keys(row).length > 0)),
    expiries: counted(expiries, cells.slice(EXPIRIES_FROM, AGES_FROM)),
    ages: counted(ages, cells.slice(AGES_FROM)),
  };
}

/** The cells that a document tells of; names that are no band are left out. */
export function cellsOf(shape: Shape): number[] {
  const grid = breadths.flatMap((breadth) => lifetimes.map((id) => shape.lifetimes[breadth]?.[id] ?? 0));
  return [...grid, ...expiries.map((id) => shape.expiries[id] ?? 0), ...ages.map((id) => shape.ages[id] ?? 0)];
}

function counted(ids: readonly string[], cells: readonly number[]): Record<string, number> {
  return Object.fromEntries(ids.flatMap((id, at) => ((cells[at] ?? 0) > 0 ? [[id, cells[at] ?? 0]] : [])));
}
