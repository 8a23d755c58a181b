/** Text is cut to this many UTF-16 units before it is measured: no screen is that wide, and a name may be a megabyte. */
const LONGEST = 2_000;

/** One column for each character, also for the ellipsis of a cut: loading the segmenter costs more than a short table. */
const PLAIN = /^[ -~…]*$/;
const MARKS = /^\p{M}+$/u;
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u;

/** How many columns a terminal gives the text; what is longer than any screen counts as its length. */
export function widthOf(text: string): number {
  if (text.length > LONGEST || PLAIN.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += columnsOf(grapheme);
  return width;
}

/** The text in at most `width` columns; what is too long loses its end, or its start, to an ellipsis. */
export function cut(text: string, width: number, keep: "start" | "end" = "start"): string {
  if (widthOf(text) <= width) return text;
  const parts = graphemes(keep === "start" ? text.slice(0, LONGEST) : text.slice(-LONGEST));
  const kept = takeWhileFits(keep === "start" ? parts : parts.reverse(), width - 1);
  return keep === "start" ? `${kept.join("").trimEnd()}…` : `…${kept.reverse().join("").trimStart()}`;
}

/** The same, ending with a whole word where one fits. */
export function cutWords(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const short = cut(text, width).slice(0, -1);
  const blank = text[short.length] === " " ? short.length : short.lastIndexOf(" ");
  return `${(blank > 0 ? short.slice(0, blank) : short).replace(/[\s.,;:]+$/, "")}…`;
}

/** The text in exactly `width` columns. */
export function cell(text: string, width: number, keep: "start" | "end" = "start"): string {
  const fitted = cut(text, width, keep);
  return fitted + " ".repeat(Math.max(0, width - widthOf(fitted)));
}

/** The text broken at blanks, and within words that are longer than a line, at a seam where there is one; what does not fit in `most` lines is cut at a word. */
export function wrap(text: string, width: number, most = 3): string[] {
  const lines: string[] = [];
  let rest = text.slice(0, LONGEST).trim();
  while (rest !== "" && lines.length < most - 1 && widthOf(rest) > width) {
    const head = takeWhileFits(graphemes(rest), width).join("");
    const blank = rest[head.length] === " " ? head.length : head.lastIndexOf(" ");
    const end = blank > 0 ? blank : Math.max(seamIn(head), 1);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== "") lines.push(cutWords(rest, width));
  return lines;
}

/** Where a word that is too long, as a URL, is broken best: behind its last separator, unless that leaves half a line empty. */
function seamIn(head: string): number {
  const seam = /^.*[/?&=,;:#-]/u.exec(head)?.[0].length ?? 0;
  return seam > head.length / 2 ? seam : head.length;
}

function takeWhileFits(parts: readonly string[], width: number): string[] {
  let used = 0;
  const end = parts.findIndex((part) => {
    used += columnsOf(part);
    return used > width;
  });
  return end < 0 ? [...parts] : parts.slice(0, end);
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function columnsOf(grapheme: string): number {
  if (MARKS.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}
