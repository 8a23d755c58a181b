import type { RegisterEntry } from "../model/documents.gen.ts";
import { json } from "../model/text.ts";

/** How a file writes its entries, in columns. */
export interface EntryStyle {
  /** Of the dash that an entry begins with. */
  indent: number;
  /** Blanks behind the dash. */
  gap: number;
  /** How much further in a list stands than the key it belongs to. */
  nested: number;
}

/** One value on each line, so that two people's changes of one entry merge where they can. */
export function entryLines(entry: RegisterEntry, { indent, gap, nested }: EntryStyle): string[] {
  const lines = Object.entries(entry).flatMap(([key, value]) => memberLines(key, value, nested));
  const [dash, column] = [" ".repeat(indent), " ".repeat(indent + 1 + gap)];
  return lines.map((line, index) => (index === 0 ? `${dash}-${" ".repeat(gap)}${line}` : column + line));
}

function memberLines(key: string, value: unknown, nested: number): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${key}: []`];
    return [`${key}:`, ...value.map((item) => `${" ".repeat(nested)}- ${yamlText(String(item))}`)];
  }
  if (typeof value !== "object" || value === null) return [`${key}: ${yamlText(String(value))}`];
  // A mapping has to stand further in than its key, whatever lists do.
  const deeper = " ".repeat(Math.max(nested, 2));
  return [`${key}:`, ...Object.entries(value).map(([name, text]) => `${deeper}${yamlText(name)}: ${yamlText(text)}`)];
}

/** A text as a YAML scalar on one line, which every reader takes for the same text; JSON's quotation is YAML's too. */
export function yamlText(text: string): string {
  return PLAIN.test(text) && !NO_TEXT.test(text) ? text : json(text);
}

const PLAIN = /^[a-z](?:[a-z0-9_./@*+-]|:(?!$| )| (?=[a-z0-9]))*$/i;
/** Words that some reader of YAML, of 1.1 or of 1.2, takes for something else. */
const NO_TEXT = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;
