import { pointerTo } from "./pointer.ts";
import type { RecordFault } from "./record-fault.ts";
import { shown } from "./shown.ts";

/** Deeper than any record. */
const DEEPEST = 32;

/** Text that is no JSON, and where it stops being JSON. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

export interface JsonValue {
  value: unknown;
  start: number;
  end: number;
  /** What JSON.parse would pass over: keys written twice, numbers that cannot be kept. */
  faults: RecordFault[];
}

/**
 * Reads the JSON value that begins at an offset; throws a JsonFault. Unlike JSON.parse it knows where everything stands,
 * refuses repeated keys, and has a bound for depth. Objects have no prototype, so `__proto__` is a key like any other.
 */
export function readJson(text: string, from = 0, offsets?: Map<string, number>): JsonValue {
  const start = afterSpace(text, from);
  const state: State = { text, offset: start, path: [], faults: [], offsets };
  const value = readValue(state);
  return { value, start, end: state.offset, faults: state.faults };
}

/** Where a field stands in the value that begins at an offset; of a field that is not there, where its parent begins. */
export function offsetOf(text: string, pointer: string, start: number): number {
  const offsets = new Map<string, number>();
  readJson(text, start, offsets);
  let near = pointer;
  while (near !== "" && !offsets.has(near)) near = near.slice(0, near.lastIndexOf("/"));
  return offsets.get(near) ?? start;
}

/** The elements of a list whose bracket was passed; returns the offset after the closing one. */
export function* elements(text: string, from: number): Generator<JsonValue, number> {
  let offset = afterSpace(text, from);
  if (text[offset] === "]") return offset + 1;
  for (;;) {
    const read = readJson(text, offset);
    yield read;
    offset = afterSpace(text, read.end);
    if (text[offset] === "]") return offset + 1;
    if (text[offset] !== ",") throw new JsonFault(offset, 'a "," or "]" is missing after a record');
    offset += 1;
  }
}

/** The offset of the next character that is no white space. */
export function afterSpace(text: string, from: number): number {
  let offset = from;
  while (SPACE.has(text.charCodeAt(offset))) offset += 1;
  return offset;
}

interface State {
  text: string;
  offset: number;
  /** The keys and indices that lead to the value being read. */
  path: (string | number)[];
  faults: RecordFault[];
  offsets: Map<string, number> | undefined;
}

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in strings.
const CONTROL = /[\u0000-\u001f]/;

function readValue(state: State): unknown {
  state.offsets?.set(pointerTo(state.path), state.offset);
  const character = state.text[state.offset];
  if (character === "{") return nested(state, readObject);
  if (character === "[") return nested(state, readArray);
  if (character === '"') return readString(state);
  for (const [word, value] of LITERALS) {
    if (state.text.startsWith(word, state.offset)) {
      state.offset += word.length;
      return value;
    }
  }
  return readNumber(state);
}

const LITERALS = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

function nested<Value>(state: State, read: (state: State) => Value): Value {
  if (state.path.length >= DEEPEST) throw new JsonFault(state.offset, `nested deeper than ${DEEPEST} levels`);
  state.offset += 1;
  return read(state);
}

function readObject(state: State): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  if (skip(state, "}")) return object;
  do {
    skipSpace(state);
    if (state.text[state.offset] !== '"') throw unexpected(state, "a key in quotation marks");
    const key = readString(state);
    if (!skip(state, ":")) throw unexpected(state, 'a ":"');
    state.path.push(key);
    if (key in object) refuse(state, "is written twice in one object", "keep one of the two");
    object[key] = readInner(state);
  } while (skip(state, ","));
  if (!skip(state, "}")) throw unexpected(state, 'a "," or "}"');
  return object;
}

function readArray(state: State): unknown[] {
  const list: unknown[] = [];
  if (skip(state, "]")) return list;
  do {
    state.path.push(list.length);
    list.push(readInner(state));
  } while (skip(state, ","));
  if (!skip(state, "]")) throw unexpected(state, 'a "," or "]"');
  return list;
}

function readInner(state: State): unknown {
  skipSpace(state);
  const value = readValue(state);
  state.path.pop();
  return value;
}

function refuse({ path, faults }: State, says: string, remedy: string): void {
  faults.push({ pointer: pointerTo(path), says, remedy });
}

function readString(state: State): string {
  const { text, offset } = state;
  let close = text.indexOf('"', offset + 1);
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  if (close === -1) throw new JsonFault(offset, "a text that never ends");
  state.offset = close + 1;
  const inner = text.slice(offset + 1, close);
  const control = CONTROL.exec(inner);
  if (control) throw new JsonFault(offset + 1 + control.index, "a control character inside a text");
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    throw new JsonFault(offset, "a text with an unknown escape");
  }
}

function isEscaped(text: string, offset: number): boolean {
  let first = offset;
  while (text[first - 1] === "\\") first -= 1;
  return (offset - first) % 2 === 1;
}

function readNumber(state: State): number {
  NUMBER.lastIndex = state.offset;
  const [digits] = NUMBER.exec(state.text) ?? [];
  if (digits === undefined) throw unexpected(state, "a value");
  state.offset += digits.length;
  const value = Number(digits);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    refuse(state, `is ${shown(digits)}, a number too large to be kept`, "put it in quotation marks if it is a name");
  }
  return value;
}

/** Passes white space and then the mark, if it is there. */
function skip(state: State, mark: string): boolean {
  skipSpace(state);
  if (state.text[state.offset] !== mark) return false;
  state.offset += 1;
  return true;
}

function skipSpace(state: State): void {
  state.offset = afterSpace(state.text, state.offset);
}

function unexpected({ text, offset }: State, wanted: string): JsonFault {
  if (offset >= text.length) return new JsonFault(offset, `${wanted} is missing: the text ends here`);
  return new JsonFault(
    offset,
    `${shown(String.fromCodePoint(text.codePointAt(offset) ?? 0))} where ${wanted} is expected`,
  );
}
