import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { TokenwardError } from "../model/errors.ts";
import { isMapping } from "../model/mapping.ts";
import { renamed, type SarifFile, type SarifRun, textOf } from "./sarif-file.ts";

/** What is uploaded at once. */
export interface Part {
  /** In gzip. */
  bytes: Buffer;
  results: number;
  categories: string[];
  /** Undefined where there are several. */
  tool: string | undefined;
}

export interface SarifLimits {
  /** Of one run: GitHub refuses more than 25,000, and of those that it takes it keeps 5,000. */
  results: number;
  /** Of one file. */
  runs: number;
  /** Of one file in gzip. */
  bytes: number;
  parts: number;
}

export const SARIF_LIMITS: SarifLimits = { results: 5_000, runs: 20, bytes: 10_000_000, parts: 100 };

/** What the server holds of earlier uploads: their categories by tool, and whether anything is in them. */
export type Held = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/**
 * Everything that has to be uploaded, in order. A file that fits is one part as it is. Else each run is cut into parts of
 * categories of their own, which a result's own hash picks: it stays where it is from one upload to the next, and another
 * number of parts moves no more results than it must. New parts come first and emptied ones last, so that a result that
 * moves is never nowhere, and no alert is closed on the way.
 */
export function partsOf(sarif: SarifFile, held: Held, limits = SARIF_LIMITS): Part[] {
  const cut = sarif.runs.map((run) => cutRun(run, { sarif, limits }));
  const emptied = sarif.runs.flatMap((run, index) =>
    surplus(run, cut[index]?.length ?? 1, held).map((category) => part(sarif, [renamed(run, category, [])])),
  );
  const whole = cut.every(({ length }) => length === 1) ? fitting(sarif, limits) : undefined;
  if (whole) return [whole, ...emptied];
  const pieces = cut.flat();
  const isNew = ({ tool, category }: SarifRun) => partNumber(category) > 1 && held.get(tool)?.has(category) !== true;
  const ordered = [...pieces.filter(isNew), ...pieces.filter((run) => !isNew(run))];
  return [...ordered.map((run) => part(sarif, [run])), ...emptied];
}

/** The whole file as one part, if it is one. */
function fitting(sarif: SarifFile, limits: SarifLimits): Part | undefined {
  if (sarif.runs.length > limits.runs) return undefined;
  const whole = part(sarif, sarif.runs, sarif.text);
  return whole.bytes.length > limits.bytes ? undefined : whole;
}

function part(sarif: SarifFile, runs: readonly SarifRun[], text = textOf(sarif, runs)): Part {
  const tools = new Set(runs.map(({ tool }) => tool));
  return {
    bytes: gzipSync(text),
    results: runs.reduce((sum, { results }) => sum + results.length, 0),
    categories: runs.map(({ category }) => category),
    tool: tools.size === 1 ? runs[0]?.tool : undefined,
  };
}

/** As few pieces as fit. */
function cutRun(run: SarifRun, { sarif, limits }: { sarif: SarifFile; limits: SarifLimits }): SarifRun[] {
  const hashes = run.results.map(hashOf);
  const fewest = Math.max(1, Math.ceil(run.results.length / limits.results));
  for (let count = fewest; count <= limits.parts; count += 1) {
    const pieces = piecesOf(run, hashes, count);
    const isFine = (piece: SarifRun) =>
      piece.results.length <= limits.results && part(sarif, [piece]).bytes.length <= limits.bytes;
    if (pieces.every(isFine)) return pieces;
    // One result alone would be too large as well.
    if (count >= run.results.length) break;
  }
  const limit = `a part holds ${limits.results} results and ${limits.bytes} bytes in gzip, and there are ${limits.parts} parts at most`;
  throw new TokenwardError("SARIF_TOO_LARGE", { file: sarif.file, limit });
}

function piecesOf(run: SarifRun, hashes: readonly string[], count: number): SarifRun[] {
  if (count === 1) return [run];
  const shares: unknown[][] = Array.from({ length: count }, () => []);
  run.results.forEach((result, index) => {
    shares[shareOf(hashes[index] ?? "", count)]?.push(result);
  });
  return shares.map((results, index) => renamed(run, categoryOf(run.category, index + 1), results));
}

/** The share that draws the highest number for it: one more share takes from each of the others, one less gives to them. */
function shareOf(hash: string, count: number): number {
  let [share, highest] = [0, -1];
  for (let one = 0; one < count; one += 1) {
    const drawn = createHash("sha256").update(`${hash}/${one}`).digest().readUInt32BE(0);
    if (drawn > highest) [share, highest] = [one, drawn];
  }
  return share;
}

/** By what an alert is known by; without a fingerprint by the place. */
function hashOf(result: unknown): string {
  if (!isMapping(result)) return "";
  const { ruleId, partialFingerprints, locations } = result;
  return JSON.stringify([ruleId, partialFingerprints ?? locations]);
}

/** The first part keeps the run's own category. */
function categoryOf(category: string, number: number): string {
  return number === 1 ? category : [category, `part-${number}`].filter(Boolean).join("/");
}

function partNumber(category: string): number {
  return Number(/(?:^|\/)part-(\d{1,3})$/.exec(category)?.[1] ?? 1);
}

/** Categories of parts that an earlier upload had and this one does not: left alone, their alerts would stay open for ever. */
function surplus({ tool, category }: SarifRun, count: number, held: Held): string[] {
  return [...(held.get(tool) ?? [])]
    .filter(([name, hasResults]) => {
      const number = partNumber(name);
      return hasResults && number > count && name === categoryOf(category, number);
    })
    .map(([name]) => name);
}
