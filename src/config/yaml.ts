import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";
import type { Position } from "../model/errors.ts";
import { maskSecrets } from "../model/mask.ts";
import { visible } from "../model/text.ts";
import type { ConfigFault } from "./fault.ts";

/** Deeper than any configuration, and far from the recursion limit of the composer. */
export const DEEPEST = 32;
export const MOST_LEXEMES = 500_000;
const LONGEST_MESSAGE = 160;

/** A YAML file as nodes, with the means to say where each stands. */
export interface ParsedYaml {
  /** Absent: the file holds nothing, or not one sound document. */
  document?: Document.Parsed;
  faults: ConfigFault[];
  position: (offset: number) => Position;
}

/** Parses one YAML document of bounded depth and size, keeping all syntax errors. */
export function parseYaml(text: string, uri: string, most = MOST_LEXEMES): ParsedYaml {
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { uri, line, column: col };
  };
  const { tokens, excess } = tokenize(text, lines, most);
  if (excess) return { position, faults: [{ position: position(excess.offset), text: excess.text }] };
  // Duplicate keys are found by our own walk: the composer compares each key with every other.
  const documents = [
    ...new Composer({ schema: "core", resolveKnownTags: false, uniqueKeys: false }).compose(tokens, true, text.length),
  ];
  const faults = documents.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ pos, message }) => ({
      position: position(pos[0]),
      text: `not valid YAML: ${visible(maskSecrets(message).slice(0, LONGEST_MESSAGE))}`,
    })),
  );
  const [document, second] = documents;
  if (second) faults.push({ position: position(second.range[0]), text: "a second document; only one is read" });
  return document && faults.length === 0 ? { document, faults, position } : { faults, position };
}

interface Tokens {
  tokens: CST.Token[];
  excess?: { offset: number; text: string };
}

/** The parser keeps its own stack; watching it stops a bomb before the composer recurses into it. */
function tokenize(text: string, lines: LineCounter, most: number): Tokens {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const { offset } = parser;
    if (parser.stack.length > DEEPEST)
      return { tokens, excess: { offset, text: `nested deeper than ${DEEPEST} levels` } };
    if (++lexemes > most) return { tokens, excess: { offset, text: `too long: more than ${most} words and marks` } };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}
