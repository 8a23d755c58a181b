/** The value of a text that reads back exactly as it was written, else undefined: it has no repeated key and no number that cannot be kept. */
export function readExact(text: string): unknown {
  const value = parsedJson(text);
  return value !== undefined && JSON.stringify(value) === text ? value : undefined;
}

/**
 * The value of a text without escapes and without a key that stands twice in one object, else undefined. Without escapes,
 * every quotation mark begins or ends a text, and where a key stands twice, the value has fewer texts than were written.
 */
export function readPlain(text: string): unknown {
  if (text.includes("\\")) return undefined;
  const value = parsedJson(text);
  if (value === undefined) return undefined;
  let marks = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) marks += 1;
  return marks === 2 * textsIn(value) ? value : undefined;
}

/** Keys and values that are text. */
function textsIn(value: unknown): number {
  if (typeof value === "string") return 1;
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += textsIn(item);
  else for (const key of Object.keys(value)) count += 1 + textsIn((value as Record<string, unknown>)[key]);
  return count;
}

/** The value of a text, else undefined: it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
