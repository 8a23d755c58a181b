import { parsedJson } from "../model/exact-json.ts";

/** Deeper than any answer is, and shallow enough for whoever walks it. */
const DEEPEST = 100;

/** The one document in a text; what could be read in two ways is refused. */
export function readJson(text: string): { value: unknown } | { fault: string } {
  const { keys, depth } = measured(text);
  if (depth > DEEPEST) return { fault: `nests more than ${DEEPEST} levels deep` };
  const value = parsedJson(text);
  if (value === undefined) return { fault: text.trim() === "" ? "is empty" : "is cut off or is no JSON" };
  const found = keysIn(value);
  if (found === undefined) return { fault: "has a key __proto__" };
  return found === keys ? { value } : { fault: "has a key that stands twice in one object" };
}

/** How many keys are written, each before its colon, and how deep brackets go. */
function measured(text: string): { keys: number; depth: number } {
  let [keys, level, depth] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) keys += 1;
    else if (code === BRACE || code === BRACKET) depth = Math.max(depth, ++level);
    else if (code === BRACE + 2 || code === BRACKET + 2) level -= 1;
  }
  return { keys, depth };
}

const [QUOTE, COLON, BRACKET, BRACE, BACKSLASH] = [0x22, 0x3a, 0x5b, 0x7b, 0x5c];

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** How many keys there are, or nothing where one of them would change what objects are made of. */
function keysIn(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  for (const [key, item] of Object.entries(value)) {
    const below = keysIn(item);
    if (below === undefined || (key === "__proto__" && !Array.isArray(value))) return undefined;
    count += below + (Array.isArray(value) ? 0 : 1);
  }
  return count;
}
