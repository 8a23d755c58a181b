import { isMapping } from "../model/mapping.ts";
import { nearest } from "../model/nearest.ts";
import { below } from "../model/pointer.ts";
import type { RecordFault } from "../model/record-fault.ts";
import { shown } from "../model/shown.ts";
import type { Selection } from "./iam-selection.ts";

/** One statement of a policy document. */
export interface Statement {
  isAllow: boolean;
  /** As they are written. */
  actions: Selection;
  resources: Selection;
  isConditional: boolean;
}

/** What is read, and what is wrong with it. */
export interface Reading {
  statements: Statement[];
  faults: RecordFault[];
}

/** The statements of one policy document; whatever is not surely understood is a fault, because a guess could hide a right. */
export function readDocument(document: unknown, pointer: string): Reading {
  if (!isMapping(document)) {
    const remedy = "write the policy document as a mapping, decoded, with Version and Statement";
    return { statements: [], faults: [{ pointer, says: `is ${shown(document)}, not a policy document`, remedy }] };
  }
  const faults = strangeKeys(document, { pointer, known: DOCUMENT_KEYS, says: NO_ELEMENT });
  const { Statement: stated } = document;
  if (stated === undefined) {
    faults.push({ pointer: below(pointer, "Statement"), says: "is missing", remedy: "give the policy's statements" });
    return { statements: [], faults };
  }
  const listed = Array.isArray(stated)
    ? stated.map((item: unknown, at) => readStatement(item, below(below(pointer, "Statement"), at)))
    : [readStatement(stated, below(pointer, "Statement"))];
  return {
    statements: listed.flatMap(({ statements }) => statements),
    faults: [...faults, ...listed.flatMap((reading) => reading.faults)],
  };
}

const DOCUMENT_KEYS = ["Version", "Id", "Statement"];
const STATEMENT_KEYS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

function readStatement(stated: unknown, pointer: string): Reading {
  if (!isMapping(stated)) {
    const remedy = "write a statement as a mapping with Effect, Action and Resource";
    return { statements: [], faults: [{ pointer, says: `is ${shown(stated)}, not a statement`, remedy }] };
  }
  const { Effect: effect, Condition: condition } = stated;
  const faults = strangeKeys(stated, { pointer, known: STATEMENT_KEYS, says: NO_ELEMENT });
  if (effect !== "Allow" && effect !== "Deny")
    faults.push({ pointer: below(pointer, "Effect"), says: says(effect), remedy: "use one of Allow, Deny" });
  if (condition !== undefined && !isMapping(condition))
    faults.push({ pointer: below(pointer, "Condition"), says: says(condition), remedy: "write it as a mapping" });
  const draft = { stated, pointer, faults };
  const actions = readSelection("Action", draft);
  const resources = readSelection("Resource", draft);
  const isConditional = isMapping(condition) && Object.keys(condition).length > 0;
  return { statements: [{ isAllow: effect === "Allow", actions, resources, isConditional }], faults };
}

interface Draft {
  stated: Readonly<Record<string, unknown>>;
  pointer: string;
  faults: RecordFault[];
}

/** One of the two must be there, and only one: with both or none AWS takes no such policy. */
function readSelection(name: "Action" | "Resource", { stated, pointer, faults }: Draft): Selection {
  const inverse = `Not${name}`;
  const isInverted = stated[inverse] !== undefined;
  const place = below(pointer, isInverted ? inverse : name);
  if (isInverted === (stated[name] !== undefined)) {
    const fault = isInverted ? `stands beside ${name}` : `is missing, and ${inverse} too`;
    faults.push({ pointer: place, says: fault, remedy: `give one of ${name} and ${inverse}` });
    return { patterns: [], isInverted };
  }
  return { patterns: readPatterns(stated[isInverted ? inverse : name], { name, place, faults }), isInverted };
}

function readPatterns(
  given: unknown,
  { name, place, faults }: { name: "Action" | "Resource"; place: string; faults: RecordFault[] },
): string[] {
  const listed: unknown[] = Array.isArray(given) ? given : [given];
  if (listed.length === 0) faults.push({ pointer: place, says: "is an empty list", remedy: REMEDIES[name] });
  const patterns: string[] = [];
  for (const [at, pattern] of listed.entries()) {
    if (typeof pattern === "string" && FORMS[name].test(pattern) && pattern.length <= LONGEST[name])
      patterns.push(pattern);
    else {
      const pointer = Array.isArray(given) ? below(place, at) : place;
      faults.push({ pointer, says: says(pattern), remedy: REMEDIES[name] });
    }
  }
  return patterns;
}

/** No action is longer, and no grant's resource. */
const LONGEST = { Action: 128, Resource: 2_048 };
const FORMS = { Action: /^(?:\*|[\w*?-]+:[\w*?-]+)$/, Resource: /^\S(?:.*\S)?$/ };
const REMEDIES = {
  Action: "write it as service:action such as s3:GetObject, with * and ? where they are meant, or as *",
  Resource: "write it as an ARN, with * and ? where they are meant, or as *",
};

const NO_ELEMENT = "is no element of an identity's policy";

/** Keys that a mapping must not have, each with the one that was probably meant. */
export function strangeKeys(
  stated: Readonly<Record<string, unknown>>,
  { pointer, known, says, remedy }: { pointer: string; known: readonly string[]; says: string; remedy?: string },
): RecordFault[] {
  return Object.keys(stated)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const other = remedy ?? `use ${known.join(", ")}`;
      return { pointer: below(pointer, key), says, remedy: near === undefined ? other : `write ${near}, or remove it` };
    });
}

function says(value: unknown): string {
  return value === undefined ? "is missing" : `is ${shown(value)}`;
}
