import { keysOf, pointerTo as pointerOf } from "../model/pointer.ts";
import { shown } from "../model/shown.ts";

/** A JSON pointer (RFC 6901) from keys and indices. */
export function pointerTo(...segments: readonly (string | number)[]): string {
  return pointerOf(segments);
}

/** A JSON pointer as people write it: `sources[0].path`. */
export function pathName(pointer: string): string {
  return keysOf(pointer)
    .map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${keyName(segment)}`))
    .join("")
    .replace(/^\./, "");
}

/** Bare where it is a plain word, else quoted like any text from outside. */
function keyName(key: string): string {
  const quoted = shown(key);
  return /^"[\w/-]+"$/.test(quoted) ? quoted.slice(1, -1) : quoted;
}
