import type { Baseline } from "../model/baseline.ts";
import { entryId } from "../model/baseline.ts";
import type { BaselineEntry, BaselineFile, Policy } from "../model/documents.gen.ts";
import { readPlain } from "../model/exact-json.ts";
import { afterSpace, JsonFault, readJson } from "../model/json-reader.ts";
import { lineFinder } from "../model/line-finder.ts";
import { keysOf } from "../model/pointer.ts";
import { isValid } from "../model/validate.ts";
import { type ConfigFault, type Locate, refuse } from "./fault.ts";
import { uriOf, type Whereabouts } from "./find.ts";
import { pathName, pointerTo } from "./pointer.ts";
import { readText, type Sort } from "./read.ts";
import { shapeFaults } from "./shape.ts";
import { namesOf } from "./stated.ts";

export interface BaselineMeans {
  cwd: string;
  /** An entry may name one of them by an id that it had before. */
  policies: readonly Policy[];
}

const SORT: Sort = { most: 128, unreadable: "BASELINE_UNREADABLE" };

/** The entries of a baseline, or the end of the run with everything that is wrong with it: an entry that is misread could hide a finding. */
export async function readBaseline(where: Whereabouts, means: BaselineMeans): Promise<Baseline> {
  const file = uriOf(where.path, means.cwd);
  const read = await readText(where, file, SORT);
  if ("fault" in read) return refuse([read.fault], "BASELINE_INVALID");
  return { file, entries: entriesIn(read.text, file, means.policies) };
}

/** The entries that a text holds, or all that is wrong with it. */
export function entriesIn(text: string, uri: string, policies: readonly Policy[]): BaselineEntry[] {
  // What tokenward writes is in order, and to see that is many times faster than to look for what is not.
  const plain = readPlain(text);
  const value = isValid("baseline", plain) ? plain : carefully(text, uri);
  const names = namesOf(policies);
  const entries = value.entries.map((entry) => ({ ...entry, policy: names.get(entry.policy)?.id ?? entry.policy }));
  const repeated = repetitions(entries);
  if (repeated.length > 0) refuse(repetitionFaults(repeated, locator(text, uri)), "BASELINE_INVALID");
  return entries;
}

/** The same of a text that is not plain, with the place of everything in it. */
function carefully(text: string, uri: string): BaselineFile {
  const place = lineFinder(text);
  const whole = parsed(text, (offset, says) =>
    refuse([{ position: { uri, ...place(offset) }, text: says }], "BASELINE_INVALID"),
  );
  const locate = locator(text, uri);
  const wrong = [
    ...whole.faults.map(({ pointer, says }) => ({
      position: locate(pointer),
      text: `${pathName(pointer)} ${says}`,
    })),
    ...shapeFaults(whole.value, locate, "baseline"),
  ];
  if (wrong.length > 0) refuse(wrong, "BASELINE_INVALID");
  // Nothing was wrong, so it is what its schema says.
  return whole.value as BaselineFile;
}

const CONFLICT = /^(?:<{7}|={7}|>{7})/m;

function parsed(text: string, refused: (offset: number, says: string) => never): ReturnType<typeof readJson> {
  if (text.trim() === "") refused(0, "the file is empty; write it with --write-baseline");
  const conflict = CONFLICT.exec(text);
  if (conflict) refused(conflict.index, "two versions of the file were merged with a conflict, which is still in it");
  try {
    const read = readJson(text);
    const end = afterSpace(text, read.end);
    return end < text.length ? refused(end, "more text after the end") : read;
  } catch (error) {
    if (error instanceof JsonFault) return refused(error.offset, `not valid JSON: ${error.message}`);
    throw error;
  }
}

/** Where each node stands; of one that is not there, its nearest ancestor. The text is read once more, which only a fault asks for. */
function locator(text: string, uri: string): Locate {
  const offsets = new Map<string, number>();
  readJson(text, 0, offsets);
  const place = lineFinder(text);
  return (pointer) => {
    const segments = keysOf(pointer);
    while (segments.length > 0 && !offsets.has(pointerTo(...segments))) segments.pop();
    return { uri, ...place(offsets.get(pointerTo(...segments)) ?? 0) };
  };
}

/** Entries that say again what one before them says, each with that one. */
function repetitions(entries: readonly BaselineEntry[]): [index: number, first: number][] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, index): [number, number][] => {
    const id = entryId(entry);
    const first = seen.get(id);
    if (first === undefined) seen.set(id, index);
    return first === undefined ? [] : [[index, first]];
  });
}

function repetitionFaults(repeated: readonly [number, number][], locate: Locate): ConfigFault[] {
  return repeated.map(([index, first]) => ({
    position: locate(pointerTo("entries", index)),
    text: `entries[${index}] is about the same finding as the entry on line ${locate(pointerTo("entries", first)).line}; keep one of them`,
  }));
}
