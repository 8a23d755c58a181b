const LF = 0x0a;
const CR = 0x0d;

/** The bytes up to the last line end: a program that was killed in the middle of a record has not told it. */
export function wholeLines(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1);
}
