import { starMatcher } from "../model/pattern.ts";

/** Matches parts of a path, one by one. */
type Parts = readonly ((part: string) => boolean)[];

/** A pattern of a CODEOWNERS file as a test of paths, which come in parts. */
export function pathMatcher(pattern: string, isAnywhere: boolean): (path: readonly string[]) => boolean {
  const { runs, isOpen } = parsed(pattern, isAnywhere);
  const [head = [], ...others] = runs.map((run) => run.map(partMatcher));
  const last = others.pop();
  if (!last)
    return (path) => (isOpen ? path.length >= head.length : path.length === head.length) && fits(head, path, 0);
  return (path) => {
    if (!fits(head, path, 0)) return false;
    let at = head.length;
    for (const run of others) {
      at = placeAfter(run, path, at);
      if (at < 0) return false;
    }
    if (isOpen) return placeAfter(last, path, at) >= 0;
    return path.length - last.length >= at && fits(last, path, path.length - last.length);
  };
}

/** What stands between `**`; `isOpen`: whatever is below counts too. */
interface Parsed {
  runs: string[][];
  isOpen: boolean;
}

function parsed(pattern: string, isAnywhere: boolean): Parsed {
  const parts = pattern.split("/").filter((part) => part !== "");
  const isRooted = pattern.startsWith("/") || (parts.length > 1 && !isAnywhere);
  // `docs/*` means what lies in the folder itself, but `*` alone everything.
  const isFlat = parts.at(-1) === "*" && (pattern.startsWith("/") || parts.length > 1) && !pattern.endsWith("/");
  if (pattern.endsWith("/")) parts.push("*");
  else if (parts.at(-1) === "**") parts.splice(-1, 1, "*");
  const runs: string[][] = isRooted ? [[]] : [[], []];
  for (const part of parts) {
    if (part === "**") runs.push([]);
    else runs.at(-1)?.push(part);
  }
  return { runs, isOpen: !isFlat };
}

/** The place behind the first stretch of a path that fits, or -1. */
function placeAfter(run: Parts, path: readonly string[], from: number): number {
  for (let at = from; at + run.length <= path.length; at += 1) if (fits(run, path, at)) return at + run.length;
  return -1;
}

function fits(run: Parts, path: readonly string[], at: number): boolean {
  return at + run.length <= path.length && run.every((matches, index) => matches(path[at + index] ?? ""));
}

/** No file system has longer names. */
const LONGEST_PART = 255;

function partMatcher(glob: string): (part: string) => boolean {
  const plain = glob.replace(/\*+/g, "*");
  return plain.includes("?") ? (part) => part.length <= LONGEST_PART && isLike(plain, part) : starMatcher(plain);
}

/** With `?` for any one character; going back to the last star only keeps it from growing out of bounds. */
function isLike(glob: string, text: string): boolean {
  let [at, inGlob, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (glob[inGlob] === "*") [star, mark, inGlob] = [inGlob, at, inGlob + 1];
    else if (inGlob < glob.length && (glob[inGlob] === "?" || glob[inGlob] === text[at]))
      [at, inGlob] = [at + 1, inGlob + 1];
    else if (star >= 0) [mark, at, inGlob] = [mark + 1, mark + 1, star + 1];
    else return false;
  }
  while (glob[inGlob] === "*") inGlob += 1;
  return inGlob === glob.length;
}
