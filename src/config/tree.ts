import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, type YAMLMap } from "yaml";
import { keysOf } from "../model/pointer.ts";
import { shown } from "../model/shown.ts";
import type { ConfigFault, Locate } from "./fault.ts";
import { pointerTo } from "./pointer.ts";
import { DEEPEST, MOST_LEXEMES, type ParsedYaml, parseYaml } from "./yaml.ts";

/** What a text may hold, and what to write where it holds nothing. */
export interface Expected {
  beginning: string;
  /** How many times as much as a configuration. */
  times?: number;
}

/** Counted after aliases are followed, so that a few lines cannot stand for billions of values. */
const MOST_VALUES = 100_000;

/** Keys that reach an object's prototype where a program is careless; no configuration needs them. */
const POLLUTING = new Set(["__proto__", "constructor", "prototype"]);

/** A file's content as plain values, with the place of each. */
export interface Tree {
  value: unknown;
  faults: ConfigFault[];
  locate: Locate;
}

interface Offsets {
  key?: number;
  value: number;
}

interface Walk {
  anchors: Map<string, unknown>;
  places: Map<string, Offsets>;
  position: ParsedYaml["position"];
  faults: ConfigFault[];
  most: number;
  valuesLeft: number;
  isExhausted: boolean;
}

interface Place {
  pointer: string;
  depth: number;
  /** Where to point for a node that has no text of its own. */
  offset: number;
  key?: number;
  /** Where the outermost alias stands that led here. */
  alias?: number;
}

/** What a YAML text holds, or all that keeps it from being read. */
export function treeIn(
  text: string,
  uri: string,
  { beginning, times = 1 }: Expected,
): Tree | { faults: ConfigFault[] } {
  const { document, faults, position } = parseYaml(text, uri, times * MOST_LEXEMES);
  if (!document) return { faults };
  if (document.contents !== null) return plainTree(document, position, times * MOST_VALUES);
  return { faults: [{ position: { uri }, text: `the file is empty; write ${beginning}` }] };
}

/** The plain values of a document; keys that stand twice, are no words, or are dangerous are faults. */
function plainTree(
  document: Document.Parsed,
  position: ParsedYaml["position"],
  most: number,
): Tree | { faults: ConfigFault[] } {
  const places = new Map<string, Offsets>();
  const faults: ConfigFault[] = [];
  const walk = { anchors: new Map(), places, position, faults, most, valuesLeft: most, isExhausted: false };
  const value = plain(document.contents, walk, { pointer: "", depth: 0, offset: 0 });
  // What is missing of a tree that was cut short is no fault of its own.
  if (walk.isExhausted) return { faults };
  return {
    value,
    faults,
    locate(pointer, key = false) {
      const { key: ofKey, value: ofValue } = nearestPlace(places, pointer);
      return position(key ? (ofKey ?? ofValue) : ofValue);
    },
  };
}

/** A node that is not there is shown where its nearest ancestor stands. */
function nearestPlace(places: Walk["places"], pointer: string): Offsets {
  const segments = keysOf(pointer);
  while (segments.length > 0 && !places.has(pointerTo(...segments))) segments.pop();
  return places.get(pointerTo(...segments)) ?? { value: 0 };
}

function plain(node: unknown, walk: Walk, from: Place): unknown {
  const place = { ...from, offset: offsetOf(node) ?? from.offset };
  const { pointer, offset, depth, alias } = place;
  if (!walk.places.has(pointer))
    walk.places.set(pointer, { value: offset, ...(from.key === undefined ? {} : { key: from.key }) });
  if (isBeyondLimits(walk, place)) return null;
  if (isAlias(node)) return followed(node, walk, place);
  if (isNode(node) && node.anchor && alias === undefined) walk.anchors.set(node.anchor, node);
  if (isMap(node)) return plainMap(node, walk, place);
  if (isSeq(node))
    return node.items.map((item, index) =>
      plain(item, walk, { ...place, pointer: pointer + pointerTo(index), depth: depth + 1 }),
    );
  return isScalar(node) ? node.value : null;
}

function followed({ source }: Alias, walk: Walk, place: Place): unknown {
  const { offset, depth, alias = offset } = place;
  if (walk.anchors.has(source)) return plain(walk.anchors.get(source), walk, { ...place, depth: depth + 1, alias });
  fault(walk, offset, `the alias ${shown(`*${source}`)} stands for nothing written before it`);
  return null;
}

function plainMap(map: YAMLMap, walk: Walk, place: Place): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const seen = new Map<string, number>();
  for (const pair of map.items) {
    const offset = offsetOf(pair.key) ?? place.offset;
    const key = wordOf(pair.key);
    const first = seen.get(key ?? "");
    if (key === undefined) fault(walk, offset, "a key must be a word");
    else if (POLLUTING.has(key)) fault(walk, offset, `the key ${shown(key)} is not allowed anywhere`);
    else if (first !== undefined)
      fault(walk, offset, `duplicate key ${shown(key)}; it stands on line ${walk.position(first).line} already`);
    else {
      seen.set(key, offset);
      const pointer = place.pointer + pointerTo(key);
      value[key] = plain(pair.value, walk, { ...place, pointer, depth: place.depth + 1, offset, key: offset });
    }
  }
  return value;
}

/** A key's text as written: `2030: …` has the key "2030". */
function wordOf(key: unknown): string | undefined {
  if (!isScalar(key) || key.source === "") return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

function fault({ faults, position }: Walk, offset: number, text: string): void {
  faults.push({ position: position(offset), text });
}

function isBeyondLimits(walk: Walk, { depth, offset, alias }: Place): boolean {
  if (walk.isExhausted) return true;
  walk.valuesLeft -= 1;
  if (depth <= DEEPEST && walk.valuesLeft >= 0) return false;
  walk.isExhausted = true;
  const excess = depth > DEEPEST ? `nested deeper than ${DEEPEST} levels` : `more than ${walk.most} values`;
  fault(walk, alias ?? offset, `${excess}, aliases followed`);
  return true;
}

/** The start of a node's text; undefined for a value that is not written (`key:`). */
function offsetOf(node: unknown): number | undefined {
  const isWritten = isNode(node) && !(isScalar(node) && node.source === "" && node.type === "PLAIN");
  return isWritten ? node.range?.[0] : undefined;
}
