/** A JSON pointer (RFC 6901) from keys and indices. */
export function pointerTo(keys: readonly (string | number)[]): string {
  return keys.reduce<string>(below, "");
}

/** A JSON pointer one step further. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The keys and indices of a JSON pointer. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
