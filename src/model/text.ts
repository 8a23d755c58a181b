/**
 * Everything a reader cannot see or that moves what he sees: control and format characters (bidi, zero width, tags), lone
 * surrogates, private use, line separators, fillers, and the fifth of a pile of combining marks. An emoji's own selector stays.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!(?<=\p{Extended_Pictographic})\uFE0F)\p{Default_Ignorable_Code_Point}|(?<=\p{M}{4})\p{M}/gu;

/** `##[error]`, `##vso[…]` and `##teamcity[…]` are obeyed anywhere in a line of a CI log. */
const HASH_COMMAND = /##(?=\w*\[)/g;

/** `::error::` is obeyed at the start of a line; a name may come to stand there when text is wrapped. ARNs keep their `::`. */
const COLON_COMMAND = /(?<!\S)::|::(?=[a-z][a-z-]*(?:\s|::|$))/gi;

/** A tag that starts here would end the script element that a page puts the document in. */
const MARKUP = /<(?=[/!?a-z])/gi;

/** What any of these three has to hold: most texts hold none, and need to be looked at once only. */
const SUSPECT = /[^\x20-\x7e]|##|::/;

/** Untrusted text as one line for a terminal or a CI log: what would hide, move or command is spelled out as `\uXXXX`. */
export function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(HIDDEN, spelled).replace(HASH_COMMAND, "#\\u0023").replace(COLON_COMMAND, ":\\u003a");
}

/** Sorts texts by their units, which is the same on every machine; below 0, 0 or above 0. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** A name or an address as it is compared where capital letters and the way of writing accents mean nothing. */
export function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Text of plain characters without the beginning of a log command or a tag. */
const ORDINARY = /^(?:[\x20-\x22\x24-\x3b\x3d-\x7e]|#(?!#)|<(?![/!?a-z]))*$/i;

/** A value as JSON on one line, without raw invisible characters, log commands or markup; it parses back to the same value. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return ORDINARY.test(text)
    ? text
    : text.replace(HIDDEN, spelled).replace(HASH_COMMAND, "#\\u0023").replace(MARKUP, "\\u003c");
}

function spelled(hidden: string): string {
  const units = Array.from({ length: hidden.length }, (_, index) => hidden.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
