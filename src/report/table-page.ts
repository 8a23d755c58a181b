import type { Paint } from "./paint.ts";
import { wrap } from "./width.ts";

/** What a table is written on. */
export interface Page {
  columns: number;
  paint: Paint;
}

export const INDENT = "  ";
export const SEVERITY_WIDTH = 8;
export const MESSAGE_INDENT = INDENT.length + SEVERITY_WIDTH + 2;

/** A label, and behind it a text in lines that line up. */
export function hanging(
  label: string,
  text: string,
  { columns, indent = INDENT.length, most = 3 }: { columns: number; indent?: number; most?: number },
): string[] {
  const lines = wrap(text, columns - indent - label.length, most);
  return lines.map((line, index) => " ".repeat(indent) + (index === 0 ? label : " ".repeat(label.length)) + line);
}

/** Lines that follow a first one, under its text. */
export function indented(by: number): (line: string) => string {
  return (line) => " ".repeat(by) + line;
}
