import { Composer, type CST, type ErrorCode, Lexer, LineCounter, Parser, Schema, type YAMLParseError } from "yaml";
import { note, type Reading } from "./reading.ts";

/** GitHub stops at 50 levels. */
const LEVELS_AT_MOST = 100;
/** A dense file of 8 MiB would otherwise take gigabytes as a tree; GitHub refuses a file with a fortieth of this. */
const LEXEMES_AT_MOST = 2_000_000;
const FOLLOWED_AT_MOST = 10_000;

/** Every scalar stays text: a number or a truth value is no level, trigger or name, and its text is what GitHub shows. */
const schema = new Schema({ schema: "failsafe", resolveKnownTags: false, merge: false });

/** One YAML document of bounded depth and size; with `isSound: false` its faults say what is wrong and there is nothing to read. */
export function parse(text: string): Reading & { isSound: boolean } {
  const stream: Stream = { lines: new LineCounter() };
  // Duplicate keys are found by our own walk: the composer compares each key of a map with every other.
  const [document] = new Composer({ schema, uniqueKeys: false }).compose(tokensOf(text, stream), true, text.length);
  if (!document) throw new Error("the composer gave no document although it was told to");
  const position = (offset: number) => {
    const { line, col } = stream.lines.linePos(offset);
    return { line, column: col };
  };
  const isSound = !stream.excess && document.errors.length === 0;
  const reading = { document, position, faults: new Map(), maps: new Map(), left: FOLLOWED_AT_MOST, isSound };
  if (stream.excess) noteExcess(reading, stream.excess);
  else if (!isSound) noteErrors(reading, document.errors);
  else if (stream.second !== undefined) noteSecond(reading, stream.second);
  return reading;
}

interface Stream {
  lines: LineCounter;
  /** Where the file grew beyond a bound. */
  excess?: { offset: number; detail: string };
  /** Where a second document begins. */
  second?: number;
}

/** The tokens of the first document. The parser keeps its own stack: watching it stops a bomb before anything recurses into it. */
function* tokensOf(text: string, stream: Stream): Generator<CST.Token> {
  const parser = new Parser(stream.lines.addNewLine);
  stream.lines.addNewLine(0);
  let lexemes = 0;
  let isBehindFirst = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      isBehindFirst ||= token.type === "document";
      yield token;
    }
    lexemes += 1;
    if (isBehindFirst && parser.stack[0]?.type === "document") stream.second = parser.stack[0].offset;
    else if (parser.stack.length > LEVELS_AT_MOST || lexemes > LEXEMES_AT_MOST) stream.excess = excessAt(parser);
    else continue;
    return;
  }
  yield* parser.end();
}

function excessAt({ offset, stack }: Parser): NonNullable<Stream["excess"]> {
  const isDeep = stack.length > LEVELS_AT_MOST;
  return {
    offset,
    detail: isDeep ? `nested deeper than ${LEVELS_AT_MOST} levels` : `more than ${LEXEMES_AT_MOST} words and marks`,
  };
}

/** The library's own messages quote the source, which may hold a secret; these do not. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: "an alias has no name",
  BAD_DIRECTIVE: "a directive that YAML does not know",
  BAD_DQ_ESCAPE: "an escape that double quotes do not know",
  BAD_INDENT: "the indentation does not fit what stands above",
  BAD_SCALAR_START: "a plain value may not begin with this character; quote it",
  BLOCK_AS_IMPLICIT_KEY: "a second key on the same line; quote the value",
  KEY_OVER_1024_CHARS: "a key of more than 1024 characters",
  MISSING_CHAR: "a character is missing: a colon, a quote, a bracket or a space",
  MULTILINE_IMPLICIT_KEY: "a key that runs over several lines, or a line without a colon",
  TAB_AS_INDENT: "a tab where only spaces may indent",
  UNEXPECTED_TOKEN: "something stands where YAML does not allow it",
};

function noteErrors(reading: Reading, errors: readonly YAMLParseError[]): void {
  const [first, ...more] = errors;
  const sentence = (first && SENTENCES[first.code]) ?? "it does not follow YAML's grammar";
  const detail = `not valid YAML: ${sentence}${more.length > 0 ? ` (and ${more.length} more faults)` : ""}`;
  note(reading, reading.position(first?.pos[0] ?? 0), detail, "correct the file; GitHub refuses it as it is");
}

function noteExcess(reading: Reading, { offset, detail }: NonNullable<Stream["excess"]>): void {
  note(reading, reading.position(offset), detail, "split the file; GitHub refuses it as it is");
}

function noteSecond(reading: Reading, offset: number): void {
  const detail = "a second document begins here; only the first was read";
  const remedy = "move it to a file of its own; GitHub refuses a workflow file with several documents";
  note(reading, reading.position(offset), detail, remedy);
}
