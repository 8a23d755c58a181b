import { median } from "./statistics.ts";

/** Three digits that count, and never fewer than the whole number has. */
export function figure(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 3));
}

export function seconds(values: readonly number[]): string {
  const middle = median(values);
  return middle < 1 ? `${figure(middle * 1e3)} ms` : `${figure(middle)} s`;
}

export function microseconds(values: readonly number[]): string {
  return `${figure(median(values) * 1e6)} µs`;
}

export function megabytes(values: readonly number[]): string {
  return `${figure(median(values))} MB`;
}
