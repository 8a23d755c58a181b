import type { Document, Node } from "yaml";

/** Where a node stands; lines and columns count from 1, the end is the first column behind it. */
export interface Span {
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}

/** Something in a file that cannot be read as GitHub would, and what to do about it. */
export interface Fault {
  line: number;
  column: number;
  detail: string;
  remedy: string;
  /** The job at fault; absent: the whole file. */
  job?: string;
}

export interface Entry {
  key: Span;
  /** As written; follow it before looking inside. */
  value: unknown;
  /** The key is written again further down: which of the two counts is anyone's guess. */
  isRepeated: boolean;
}

export type Entries = Map<string, Entry>;

/** One document while it is being read. */
export interface Reading {
  document: Document.Parsed;
  position: (offset: number) => { line: number; column: number };
  /** By position: two jobs that share a node through an anchor share its fault, and it is told once. */
  faults: Map<string, Fault>;
  maps: Map<object, Entries>;
  /** How many aliases and merged keys may still be followed: what a file full of them can cost is bounded. */
  left: number;
  anchors?: Map<string, Node[]>;
  /** The job that is being read. */
  job?: string;
}

export function spanOf(node: Node, { position }: Reading): Span {
  const [start, end] = node.range ?? [0, 0];
  const { line, column } = position(end);
  return { ...position(start), end_line: line, end_column: column };
}

/** Keeps a fault for the coverage of the file; reading goes on. */
export function note(reading: Reading, at: Pick<Span, "line" | "column">, detail: string, remedy: string): void {
  const { line, column } = at;
  const position = `${line}:${column}`;
  if (reading.faults.has(position)) return;
  const job = reading.job === undefined ? {} : { job: reading.job };
  reading.faults.set(position, { line, column, detail, remedy, ...job });
}

const QUOTED_AT_MOST = 80;

/** A value from the file for a sentence about it. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text, QUOTED_AT_MOST));
}

/** Text of bounded length; the mark shows that there was more. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
