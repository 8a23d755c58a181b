import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type YAMLSeq,
} from "yaml";
import { TokenwardError } from "../../model/errors.ts";
import type { Place } from "../../model/line-finder.ts";
import { maskSecrets } from "../../model/mask.ts";
import { below } from "../../model/pointer.ts";
import type { RecordFault } from "../../model/record-fault.ts";
import { visible } from "../../model/text.ts";
import type { Found, RawRecord } from "./found.ts";

/** Deeper than any record, and far from where the composer's recursion ends the process. */
const DEEPEST = 32;
/** Nodes of one record, and of a whole stream beside one for each character: an alias counts as all it stands for. */
const MOST_NODES = 200_000;
const SPARE_NODES = 300_000;
const LONGEST_MESSAGE = 160;

/** The records of a YAML stream: in each document a list, a mapping with `tokens`, or one record alone. */
export function* yamlRecords(text: string): Iterable<Found> {
  const lines = new LineCounter();
  const locate = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const { tokens, tooDeep } = tokenize(text, lines);
  if (tooDeep !== undefined) {
    yield { fault: syntax(`nested deeper than ${DEEPEST} levels`), place: locate(tooDeep) };
    return;
  }
  const budget = { nodes: text.length + SPARE_NODES };
  // Repeated keys are found by our own walk: the composer compares each key with every other.
  for (const document of new Composer({ uniqueKeys: false }).compose(tokens, true, text.length)) {
    const faults = [...document.errors, ...document.warnings];
    for (const { message, pos } of faults)
      yield { fault: syntax(visible(maskSecrets(message).slice(0, LONGEST_MESSAGE))), place: locate(pos[0]) };
    if (faults.length === 0) yield* recordsIn({ document, locate, budget });
  }
}

interface Source {
  document: Document.Parsed;
  locate: (offset: number) => Place;
  budget: { nodes: number };
}

/** The parser keeps its own stack; watching it stops a bomb before the composer recurses into it. */
function tokenize(text: string, lines: LineCounter): { tokens: CST.Token[]; tooDeep?: number } {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > 2 * DEEPEST) return { tokens, tooDeep: parser.offset };
  }
  tokens.push(...parser.end());
  return { tokens };
}

function* recordsIn(source: Source): Iterable<Found> {
  const root: unknown = source.document.contents;
  const [first, second] = isMap(root) ? root.items : [];
  if (first && isScalar(first.key) && first.key.value === "tokens") {
    const place = placeOf((second ?? first).key, source);
    if (isSeq(first.value)) yield* listed(first.value, source);
    else yield { fault: syntax("tokens is not a list"), place };
    if (second) yield { fault: syntax("beside tokens there is nothing else"), place };
  } else if (isSeq(root)) yield* listed(root, source);
  else if (isNode(root) && !(isScalar(root) && root.value === null)) yield { record: recordOf(root, source) };
}

function* listed({ items }: YAMLSeq, source: Source): Iterable<Found> {
  for (const item of items) yield { record: recordOf(item, source) };
}

function recordOf(node: unknown, source: Source): RawRecord {
  const reading: Reading = { ...source, left: MOST_NODES, depth: 0, offsets: new Map(), faults: [] };
  const value = plain(node, "", reading);
  return {
    value,
    faults: reading.faults,
    place: placeOf(node, source),
    locate: (pointer) => {
      let near = pointer;
      while (near !== "" && !reading.offsets.has(near)) near = near.slice(0, near.lastIndexOf("/"));
      return source.locate(reading.offsets.get(near) ?? 0);
    },
  };
}

interface Reading extends Source {
  left: number;
  depth: number;
  offsets: Map<string, number>;
  faults: RecordFault[];
}

/** A node as plain values, objects without a prototype; aliases are followed as long as the budget lasts. */
function plain(node: unknown, pointer: string, reading: Reading): unknown {
  reading.left -= 1;
  reading.budget.nodes -= 1;
  if (Math.min(reading.left, reading.budget.nodes) < 0 || reading.depth > DEEPEST)
    return refuse("is nested too deep, or its aliases unfold to too much", pointer, reading);
  if (!isNode(node)) return null;
  if (!reading.offsets.has(pointer)) reading.offsets.set(pointer, node.range?.[0] ?? 0);
  if (isScalar(node)) return node.value;
  reading.depth += 1;
  const value = isAlias(node) ? follow(node, pointer, reading) : within(node, pointer, reading);
  reading.depth -= 1;
  return value;
}

/** An alias without its anchor must not read as null, which means "known to be none". */
function follow(alias: Alias, pointer: string, reading: Reading): unknown {
  const target = alias.resolve(reading.document);
  if (!target) return refuse("is an alias of an anchor that is not there", pointer, reading);
  return plain(target, pointer, reading);
}

function within(node: Node, pointer: string, reading: Reading): unknown {
  if (isSeq(node)) return node.items.map((item, index) => plain(item, below(pointer, index), reading));
  const object: Record<string, unknown> = Object.create(null);
  if (isMap(node)) for (const pair of node.items) takePair(pair, object, { pointer, reading });
  return object;
}

function takePair(
  { key, value }: Pair,
  object: Record<string, unknown>,
  { pointer, reading }: { pointer: string; reading: Reading },
): void {
  if (!isScalar(key)) {
    refuse("has a key that is no text", pointer, reading);
    return;
  }
  const name = String(key.value);
  const path = below(pointer, name);
  if (Object.hasOwn(object, name)) refuse("is written twice in one mapping", path, reading);
  reading.offsets.set(path, (isNode(value) ? value : key).range?.[0] ?? 0);
  object[name] = plain(value, path, reading);
}

function refuse(says: string, pointer: string, { faults }: Reading): undefined {
  const isTold = faults.some(
    (fault) => fault.says === says && (fault.pointer === pointer || says.startsWith("is nested")),
  );
  if (!isTold) faults.push({ pointer, says, remedy: "write it out, once" });
}

function placeOf(node: unknown, { locate }: Source): Place {
  return locate(isNode(node) ? (node.range?.[0] ?? 0) : 0);
}

function syntax(reason: string): TokenwardError {
  return new TokenwardError("FILE_SYNTAX", { format: "YAML", reason });
}
