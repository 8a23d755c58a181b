/**
 * The value of a text that reads back exactly as it was written, else undefined. Where it does, JSON.parse has passed over nothing: no
 * repeated key, no number that cannot be kept, no other spacing.
 */
export function readExact(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
