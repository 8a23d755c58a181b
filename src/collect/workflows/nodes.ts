import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  visit,
  type YAMLMap,
} from "yaml";
import { type Entries, type Entry, note, quoted, type Reading, type Span, spanOf } from "./reading.ts";

/** The key that says that some of a map's keys could not be read: a key that is not there is then no proof of absence. */
export const LOST = "";
const MERGES_DEEP_AT_MOST = 20;
const NULLS: readonly unknown[] = ["", "~", "null", "Null", "NULL"];

/** The node itself, or the one its alias stands for; null: there is none; undefined: the alias leads nowhere. */
export function follow(node: unknown, reading: Reading): Node | null | undefined {
  if (!isAlias(node)) return isNode(node) ? node : null;
  if (!maySpend(reading, spanOf(node, reading))) return undefined;
  const target = anchored(node, reading);
  if (!target) note(reading, spanOf(node, reading), "an alias without an anchor before it", "define the anchor first");
  return target;
}

/** A scalar's text; null for YAML's null; undefined for anything else. */
export function textOf(node: Node | null | undefined): string | null | undefined {
  if (node === null) return null;
  if (!isScalar(node)) return undefined;
  return node.type === "PLAIN" && NULLS.includes(node.source) ? null : String(node.value);
}

/** A map's entries by key in the order written, with the keys that `<<` brings in behind its own; worked out once for each map. */
export function entriesOf(map: YAMLMap<unknown, unknown>, reading: Reading, depth = 0): Entries {
  const known = reading.maps.get(map);
  if (known) return known;
  const entries: Entries = new Map();
  reading.maps.set(map, entries);
  const merges: Entry[] = [];
  for (const { key, value } of map.items) {
    const name = textOf(follow(key, reading));
    const entry = { key: spanOf(isNode(key) ? key : map, reading), value, isRepeated: false };
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") merges.push(entry);
    else addOwn(entries, name ?? LOST, entry, reading);
  }
  for (const merge of merges) addMerged(entries, merge, reading, depth);
  return entries;
}

/** Keeps the fault that something is not what it should be; an alias that leads nowhere is a fault of its own already. */
export function noteWrong(reading: Reading, at: Span, node: Node | null | undefined, fault: Wrong): void {
  if (node !== undefined) note(reading, at, `${fault.what} is ${describe(node)}, ${fault.not}`, fault.remedy);
}

interface Wrong {
  what: string;
  not: string;
  remedy: string;
}

function describe(node: Node | null): string {
  const text = textOf(node);
  if (typeof text === "string") return quoted(text);
  if (text === null) return "empty";
  return isMap(node) ? "a map" : "a list";
}

function addOwn(entries: Entries, name: string, entry: Entry, reading: Reading): void {
  const earlier = entries.get(name);
  if (earlier) earlier.isRepeated = true;
  else entries.set(name, entry);
  if (name === LOST) note(reading, entry.key, "a key without a name", "give it a name");
  else if (earlier) note(reading, entry.key, `the key ${quoted(name)} is written twice`, "remove one of the two");
}

/** `<<: *one` or `<<: [*one, *two]`: what comes earlier wins. */
function addMerged(entries: Entries, merge: Entry, reading: Reading, depth: number): void {
  const node = follow(merge.value, reading);
  for (const source of isSeq(node) ? node.items : [node]) {
    for (const [name, entry] of mergedFrom(source, merge.key, reading, depth)) {
      if (!entries.has(name)) entries.set(name, maySpend(reading, merge.key) ? entry : lostAt(merge.key));
    }
  }
}

function mergedFrom(source: unknown, at: Span, reading: Reading, depth: number): Entries {
  const map = follow(source, reading);
  if (isMap(map) && depth < MERGES_DEEP_AT_MOST) return entriesOf(map, reading, depth + 1);
  note(reading, at, "`<<` takes maps, and only some of them inside each other", "write the keys out");
  return new Map([[LOST, lostAt(at)]]);
}

function lostAt(key: Span): Entry {
  return { key, value: null, isRepeated: false };
}

function maySpend(reading: Reading, at: Span): boolean {
  reading.left -= 1;
  if (reading.left === -1) note(reading, at, "more aliases than can be followed", "write the values out");
  return reading.left >= 0;
}

/** The last node before the alias that carries its anchor: a name may be used again. */
function anchored(alias: Alias, reading: Reading): Node | undefined {
  reading.anchors ??= anchorsOf(reading.document);
  const start = startOf(alias);
  return reading.anchors.get(alias.source)?.findLast((node) => startOf(node) < start);
}

function anchorsOf(document: Document.Parsed): Map<string, Node[]> {
  const anchors = new Map<string, Node[]>();
  visit(document, (_, node) => {
    if ((!isScalar(node) && !isCollection(node)) || !node.anchor) return;
    const same = anchors.get(node.anchor);
    if (same) same.push(node);
    else anchors.set(node.anchor, [node]);
  });
  return anchors;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
