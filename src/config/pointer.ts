import { shown } from "../model/shown.ts";

/** A JSON pointer (RFC 6901) from keys and indices. */
export function pointerTo(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The keys and indices of a JSON pointer. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A JSON pointer as people write it: `sources[0].path`. */
export function pathName(pointer: string): string {
  return segmentsOf(pointer)
    .map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${keyName(segment)}`))
    .join("")
    .replace(/^\./, "");
}

/** Bare where it is a plain word, else quoted like any text from outside. */
function keyName(key: string): string {
  const quoted = shown(key);
  return /^"[\w/-]+"$/.test(quoted) ? quoted.slice(1, -1) : quoted;
}
